using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Metrics;

/// <summary>Orders of some categories inside a window, among those kept in detail.</summary>
public sealed class CategoryOrders(IReadOnlyList<string> categories, Window window) : Metric
{
    public IReadOnlyList<string> Categories => categories;

    public Window Window => window;

    public override ValueKind Kind => ValueKind.Count;

    public override FactKinds Reads => FactKinds.Orders;

    public override long Value(Customer customer, Instant now, Baseline baseline)
    {
        var start = window.Start(now);
        long count = 0;
        foreach (ref readonly var order in customer.Orders.Orders)
            if (order.At >= start && order.CountsAt(now) && order.Category is { } category && categories.Contains(category))
                count++;
        return count;
    }

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) => customer.Orders.NextChange(window, now);
}
