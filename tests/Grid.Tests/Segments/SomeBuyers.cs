using Grid.Grains.Clocks;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Tests.Segments;

/// <summary>Customers with random purchases and refunds of one seed, and their totals, summed here from the list alone.</summary>
internal sealed class SomeBuyers(int seed)
{
    private readonly Random _chance = new(seed);

    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 4, 0, 0, TimeSpan.Zero);

    public SimulatedClock Clock { get; } = new(Noon);

    public Instant Now => Instant.From(Clock.GetUtcNow());

    public List<(string Customer, Instant At, long Amount)> Orders { get; } = [];

    public List<(string Customer, Instant At, long Amount)> Refunds { get; } = [];

    public List<string> Customers { get; } = [];

    /// <summary>Some customers only view pages, some buy up to six times within 300 days; every fifth order is refunded in part.</summary>
    public async Task Fill(GridApplication grid, int customers)
    {
        for (var number = 0; number < customers; number++)
        {
            var customer = $"c{number:D4}";
            Customers.Add(customer);
            await grid.Browse(customer);
            for (var orders = _chance.Next(7); orders > 0; orders--) await Order(grid, customer);
        }
    }

    public long SpendOf(string customer, Instant after) =>
        Orders.Where(order => order.Customer == customer && order.At > after).Sum(order => order.Amount)
        - Refunds.Where(refund => refund.Customer == customer && refund.At > after).Sum(refund => refund.Amount);

    public int OrdersOf(string customer, Instant after) => Orders.Count(order => order.Customer == customer && order.At > after);

    /// <summary>The middle interval between all orders of a customer, the lower of two; null below two orders.</summary>
    public long? IntervalOf(string customer)
    {
        var instants = Orders.Where(order => order.Customer == customer).Select(order => order.At.Milliseconds).Order().ToList();
        var intervals = instants.Skip(1).Zip(instants, (later, earlier) => later - earlier).Order().ToList();
        return intervals.Count == 0 ? null : intervals[(intervals.Count - 1) / 2];
    }

    private async Task Order(GridApplication grid, string customer)
    {
        var id = $"order {Orders.Count}";
        var at = Now.Plus(-_chance.NextInt64(1, 300 * MillisecondsPer.Day));
        var amount = _chance.NextInt64(1, 500) * 100;
        Orders.Add((customer, at, amount));
        await grid.Record(customer, new OrderPaid(at, MessageKey.From(id), id, amount));
        if (_chance.Next(5) != 0) return;
        var refundedAt = at.Plus(_chance.NextInt64(0, Now.Milliseconds - at.Milliseconds));
        Refunds.Add((customer, refundedAt, amount / 2));
        await grid.Record(customer, new OrderRefunded(refundedAt, MessageKey.From($"refund of {id}"), id, amount / 2));
    }
}
