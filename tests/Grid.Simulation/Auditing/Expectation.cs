using Grid.Simulation.Workloads;

namespace Grid.Simulation.Auditing;

internal sealed record ExpectedOrder(string OrderId, DateTimeOffset At, long Amount, long Refunded);

/// <summary>The expected state of one customer, computed from its messages alone and without Grid's code.</summary>
internal sealed record Expectation(
    IReadOnlyList<ExpectedOrder> Orders, long Refunds, IReadOnlyDictionary<(string Kind, DateTimeOffset Hour), int> Interactions)
{
    /// <param name="messages">The messages, each once.</param>
    public static Expectation From(IReadOnlyCollection<Message> messages)
    {
        var refunds = messages.OfType<Refunded>().ToLookup(refund => refund.OrderId);
        var orders = messages.OfType<Ordered>().GroupBy(order => order.OrderId)
            .Select(reports => reports.MinBy(report => report.At)!)
            .Select(order => new ExpectedOrder(order.OrderId, order.At, order.Amount, RefundOf(order, refunds[order.OrderId])))
            .OrderBy(order => order.OrderId, StringComparer.Ordinal).ToList();
        var known = orders.Select(order => order.OrderId).ToHashSet();

        // A refund of an amount is booked even when its order is unknown.
        var booked = messages.OfType<Refunded>().Where(refund => !known.Contains(refund.OrderId)).Sum(refund => refund.Amount ?? 0);
        var interactions = messages.OfType<Interacted>()
            .GroupBy(interaction => (interaction.Kind, Hour: Hour(interaction.At)))
            .ToDictionary(hour => hour.Key, hour => hour.Count());
        return new Expectation(orders, booked + orders.Sum(order => order.Refunded), interactions);
    }

    private static long RefundOf(Ordered order, IEnumerable<Refunded> refunds)
    {
        long refunded = 0;
        foreach (var refund in refunds.OrderBy(refund => refund.At))
            refunded += Math.Min(refund.Amount ?? order.Amount, order.Amount - refunded);
        return refunded;
    }

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.Year, at.Month, at.Day, at.Hour, 0, 0, TimeSpan.Zero);
}
