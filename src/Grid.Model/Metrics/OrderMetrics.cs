using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Metrics;

/// <summary>A sum over the orders and refunds inside a window.</summary>
public sealed class OrderMetric(OrderSum sum, Window window, bool excludeRefunded = false) : Metric
{
    public Window Window { get; } = window;

    public OrderSum Sum { get; } = sum;

    public bool ExcludeRefunded => excludeRefunded;

    public override ValueKind Kind => Sum is OrderSum.Orders or OrderSum.Repurchases ? ValueKind.Count : ValueKind.Money;

    public override FactKinds Reads => FactKinds.Orders;

    public override long Value(Customer customer, Instant now, Baseline baseline)
    {
        var book = customer.Orders;
        switch (Sum)
        {
            case OrderSum.Orders: return book.Count(Window, now, excludeRefunded);
            case OrderSum.Repurchases: return Math.Max(0, book.Count(Window, now, excludeRefunded) - 1);
            case OrderSum.Refunds: return book.Refunded(Window, now);
            case OrderSum.Spend: return book.Gross(Window, now) - book.Refunded(Window, now);
            default:
                var orders = book.Count(Window, now, excludeRefunded);
                return orders == 0 ? 0 : Floor(book.Gross(Window, now) - book.Refunded(Window, now), orders);
        }
    }

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) => customer.Orders.NextChange(Window, now);

    /// <summary>Rounded down, also below zero.</summary>
    private static long Floor(long amount, long orders) => amount / orders - (amount % orders < 0 ? 1 : 0);
}

public enum OrderSum
{
    Orders,

    /// <summary>Orders less one, not below zero.</summary>
    Repurchases,

    /// <summary>Orders less refunds.</summary>
    Spend,

    Refunds,

    /// <summary>Spend per order, rounded down.</summary>
    AverageOrderValue,
}

/// <summary>The middle interval between orders; infinite below two orders.</summary>
public sealed class MedianOrderInterval : Metric
{
    public override ValueKind Kind => ValueKind.Duration;

    public override FactKinds Reads => FactKinds.Orders;

    public override long Value(Customer customer, Instant now, Baseline baseline) => customer.Orders.MedianInterval(now) ?? Infinite;

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) => customer.Orders.NextChange(Window.All, now);
}
