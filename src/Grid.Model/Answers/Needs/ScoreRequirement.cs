using Grid.Model.Baselines;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Definitions;

namespace Grid.Model.Answers.Needs;

/// <summary>A score has to rise, or a customer has to come among the top: what that takes under the cuts of the baseline.</summary>
internal static class ScoreRequirement
{
    /// <summary>Null when the baseline has no such cut.</summary>
    public static Requirement? Of(EvaluationContext situation, Measure measure, long score)
    {
        if (score > 5) return null;
        if (score <= 1) return RequirementText.OneOrder;
        if (measure is BandedMetric banded)
        {
            var bound = banded.Bounds[(int)(5 - score)];
            return banded.SmallIsGood ? RequirementText.OneOrder : CountRequirement.Of(situation, banded.Metric, bound) ?? RequirementText.OneOrder;
        }

        var cuts = situation.Baseline.Of(measure);
        return Reach(situation, measure, cuts.Least((int)score, situation.Customer.Id));
    }

    /// <summary>The scores have to add up to more: which of them rises is left open.</summary>
    public static Requirement? OfSum(EvaluationContext situation, ScoreSumMetric metric, long target)
    {
        var actual = situation.Value(metric);
        if (actual == 0) return RequirementText.OneOrder;
        if (target > 15) return null;
        var missing = target - actual;
        var (zh, en) = ($"R、F、M 三项得分之和再高 {missing} 分（现为 {actual}）", $"{missing} more in the sum of the scores R, F and M; it is {actual}");
        var need = new Requirement(new LocalizedText(zh, en)) { Thing = $"more {metric.Text}", Strictness = missing };
        return new ScoreCheck(situation, metric, target).Least() is not { } least ? need : need with
        {
            Text = new LocalizedText(
                $"{zh}，例如{RequirementText.OrdersZh(least.Orders, least.Amount, situation.Currency)}",
                $"{en}; for example {RequirementText.OrdersEn(least.Orders, least.Amount, situation.Currency)}"),
            Orders = least.Orders,
            Amount = least.Amount,
            Action = new RecommendedAction(RecommendedActionKind.Order) { Count = least.Orders, Amount = least.Amount },
        };
    }

    /// <summary>Above the mean of the population; null when that is above every score.</summary>
    public static Requirement? OfHigh(EvaluationContext situation, Measure measure) => Of(situation, measure, situation.Baseline.Of(measure).HighFrom);

    /// <summary>Among the top; null when the baseline does not know that share.</summary>
    public static Requirement? OfTop(EvaluationContext situation, TopMetric metric)
    {
        foreach (var top in situation.Baseline.Of(metric.Measure).Tops)
            if (top.PerMille == metric.PerMille)
                return Reach(situation, metric.Measure, top.Threshold);
        return null;
    }

    private static Requirement? Reach(EvaluationContext situation, Measure measure, long cut)
    {
        if (cut == long.MaxValue) return null;
        return measure is RankedMetric ranked && situation.Value(ranked.Metric) < cut
            ? CountRequirement.Of(situation, ranked.Metric, cut)
            : RequirementText.OneOrder;
    }
}
