using Grid.Model.Baselines;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>The requirement to raise a score, or to enter a top share, under the baseline's cut-offs.</summary>
internal static class ScoreRequirement
{
    /// <summary>Null when the baseline has no such cut-off.</summary>
    public static Requirement? From(EvaluationContext context, Measure measure, long score)
    {
        if (score > 5) return null;
        if (score <= 1) return RequirementText.OneOrder;
        if (measure is BandedMetric banded)
        {
            var bound = banded.Bounds[(int)(5 - score)];
            return banded.SmallIsGood ? RequirementText.OneOrder : CountRequirement.From(context, banded.Metric, bound) ?? RequirementText.OneOrder;
        }

        var cutoffs = context.Baseline.Of(measure);
        return Reach(context, measure, cutoffs.Least((int)score, context.Customer.Id));
    }

    /// <summary>The sum of the scores must rise, no matter which of them does.</summary>
    public static Requirement? OfSum(EvaluationContext context, ScoreSumMetric metric, long target)
    {
        var actual = context.Value(metric);
        if (actual == 0) return RequirementText.OneOrder;
        if (target > 15) return null;
        var missing = target - actual;
        var (zh, en) = ($"R、F、M 三项得分之和再高 {missing} 分（现为 {actual}）", $"{missing} more in the sum of the scores R, F and M; it is {actual}");
        var requirement = new Requirement(new LocalizedText(zh, en)) { Thing = $"more {metric.Text}", Strictness = missing };
        return new ScoreCheck(context, metric, target).Least() is not { } least ? requirement : requirement with
        {
            Text = new LocalizedText(
                $"{zh}，例如{RequirementText.OrdersZh(least.Orders, least.Amount, context.Currency)}",
                $"{en}; for example {RequirementText.OrdersEn(least.Orders, least.Amount, context.Currency)}"),
            Orders = least.Orders,
            Amount = least.Amount,
            Action = new RecommendedAction(ActionKind.Order) { Count = least.Orders, Amount = least.Amount },
        };
    }

    /// <summary>The score must exceed the population's mean by more than the margin; null when no score does.</summary>
    public static Requirement? OfHigh(EvaluationContext context, Measure measure) => From(context, measure, context.Baseline.Of(measure).HighFrom);

    /// <summary>The customer must enter the top share; null when the baseline has no cut-off for it.</summary>
    public static Requirement? OfTop(EvaluationContext context, TopMetric metric)
    {
        foreach (var top in context.Baseline.Of(metric.Measure).Tops)
            if (top.PerMille == metric.PerMille)
                return Reach(context, metric.Measure, top.Threshold);
        return null;
    }

    private static Requirement? Reach(EvaluationContext context, Measure measure, long cut)
    {
        if (cut == long.MaxValue) return null;
        return measure is RankedMetric ranked && context.Value(ranked.Metric) < cut
            ? CountRequirement.From(context, ranked.Metric, cut)
            : RequirementText.OneOrder;
    }
}
