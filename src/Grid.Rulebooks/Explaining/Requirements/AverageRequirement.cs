using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>A requirement to raise an average: the more orders the customer places, the more these must total.</summary>
/// <param name="Metric">The average.</param>
/// <param name="Target">The least value that the average must reach.</param>
internal sealed record AverageRequirement(EvaluationContext Situation, OrderMetric Metric, long Target)
{
    /// <param name="orders">The number of orders to come.</param>
    public Requirement With(long orders)
    {
        var (book, now, currency) = (Situation.Customer.Orders, Situation.Now, Situation.Currency);
        var all = (Int128)book.Count(Metric.Window, now, Metric.ExcludeRefunded) + orders;
        var missing = all * Target - (book.Gross(Metric.Window, now) - book.Refunded(Metric.Window, now));
        if (missing > Limits.AmountMax) return RequirementText.MustBe(Situation, Metric, Operator.AtLeast, Target);
        var amount = (long)Int128.Max(0, missing);
        var bound = RequirementText.MustBe(Situation, Metric, Operator.AtLeast, Target).Text;
        return new Requirement(new LocalizedText(
            $"{RequirementText.OrdersZh(orders, amount, currency)}（{bound.Zh}）", $"{RequirementText.OrdersEn(orders, amount, currency)} ({bound.En})"))
        {
            Thing = Metric.Text,
            Strictness = Target,
            Orders = orders,
            Amount = amount,
            Average = this,
            Action = new RecommendedAction(ActionKind.Order) { Count = orders, Amount = amount },
        };
    }
}
