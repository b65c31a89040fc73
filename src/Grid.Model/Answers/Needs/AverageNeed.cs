using Grid.Model.Customers;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Definitions;

namespace Grid.Model.Answers.Needs;

/// <summary>An average rises by orders above it: the more orders come, the more they have to bring.</summary>
/// <param name="Metric">The average.</param>
/// <param name="Target">What it has to be at least.</param>
internal sealed record AverageNeed(Situation Situation, OrderMetric Metric, long Target)
{
    /// <param name="orders">How many come.</param>
    public Need With(long orders)
    {
        var (book, now, currency) = (Situation.Customer.Orders, Situation.Now, Situation.Currency);
        var all = (Int128)book.Count(Metric.Window, now, Metric.ExcludeRefunded) + orders;
        var missing = all * Target - (book.Gross(Metric.Window, now) - book.Refunded(Metric.Window, now));
        if (missing > Limits.AmountMax) return Phrases.MustBe(Situation, Metric, Operator.AtLeast, Target);
        var amount = (long)Int128.Max(0, missing);
        var bound = Phrases.MustBe(Situation, Metric, Operator.AtLeast, Target).Text;
        return new Need(new Naming(
            $"{Phrases.OrdersZh(orders, amount, currency)}（{bound.Zh}）", $"{Phrases.OrdersEn(orders, amount, currency)} ({bound.En})"))
        {
            Thing = Metric.Text,
            Strictness = Target,
            Orders = orders,
            Amount = amount,
            Average = this,
            Act = new Act(ActKind.Order) { Count = orders, Amount = amount },
        };
    }
}
