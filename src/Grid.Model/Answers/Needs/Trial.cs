using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Model.Answers.Needs;

/// <summary>Tries out where needs lead, because one order moves recency, frequency and monetary together, and time moves every window.</summary>
internal sealed class Trial(Situation situation, Scheme scheme)
{
    /// <summary>The waiting comes first, the orders after it. Null when it takes what is neither waiting nor orders, or both in any order.</summary>
    public int? LedTo(IReadOnlyList<Need> needs)
    {
        needs = [.. needs.Where(need => !need.IsRemark)];
        if (needs.Count == 0 || needs.Any(need => need.Ways.Count > 0)) return null;
        var orders = needs.Where(need => need.Orders > 0).ToList();
        var waits = needs.Where(need => need.IsWait).ToList();
        if (orders.Count + waits.Count < needs.Count) return null;
        var at = waits.Select(need => need.At).Aggregate(situation.Now, Instant.Max);
        if (orders.Count == 0) return scheme.LayerOf(situation.Customer, at, situation.Baseline);
        if (waits.Count > 0 && !Need.Exclude(needs)) return null;
        return WithOrders(at, orders.Max(need => need.Orders), orders.Max(need => need.Amount));
    }

    private int? WithOrders(Instant at, long orders, long amount)
    {
        if (orders > AnswerLimits.OrdersTriedMax) return null;
        var copy = CustomerCopy.Of(situation.Customer);
        for (var index = 0; index < orders; index++)
        {
            var id = $"tried {index}";
            var paid = new OrderPaid(at, MessageKey.Of(id), id, index == 0 ? Math.Min(amount, Limits.AmountMax) : 0);
            if (copy.Apply(paid).Kind != OutcomeKind.Accepted) return null;
        }

        return scheme.LayerOf(copy, at, situation.Baseline);
    }
}
