using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;

namespace Grid.Model.Answers.Needs;

/// <summary>What makes a comparison that fails hold, or one that holds fail.</summary>
internal static class ComparisonNeed
{
    public static Need Of(Situation situation, Comparison comparison, bool wanted)
    {
        if (comparison.Metric.Kind == ValueKind.Truth) return Truth(situation, comparison, wanted);
        var value = situation.Value(comparison.Metric);
        if (value == Metric.Absent) return Phrases.AgeKnown;
        var bound = comparison.Bound;
        return Needed(comparison.Operator, wanted) switch
        {
            Operator.AtLeast => Rise(situation, comparison, wanted, bound),
            Operator.Greater => Rise(situation, comparison, wanted, bound + 1),
            Operator.AtMost => Fall(situation, comparison, wanted, bound),
            Operator.Less => Fall(situation, comparison, wanted, bound - 1),
            Operator.Equal when value > bound => Fall(situation, comparison, wanted, bound),
            Operator.Equal => Rise(situation, comparison, wanted, bound),
            _ => Rise(situation, comparison, wanted, bound + 1),
        };
    }

    private static Need Rise(Situation situation, Comparison comparison, bool wanted, long target)
    {
        var need = comparison.Metric switch
        {
            AgeMetric or YearsOfAge => Wait(situation, comparison, wanted),
            ScoreSumMetric sum => ScoreNeed.OfSum(situation, sum, target),
            ScoreMetric score => ScoreNeed.Of(situation, score.Measure, target),
            var metric => MoreNeed.Of(situation, metric, target),
        };
        return need ?? MustBe(situation, comparison, wanted);
    }

    private static Need Fall(Situation situation, Comparison comparison, bool wanted, long target)
    {
        var metric = comparison.Metric;
        switch (metric)
        {
            case AgeMetric { Anchor: Anchor.LastOrder }: return Phrases.OneOrder;
            case AgeMetric { Anchor: Anchor.LastActivity }: return Phrases.AnyActivity;
            case AgeMetric { Anchor: Anchor.FirstOrder } when situation.Value(metric) == Metric.Infinite: return Phrases.OneOrder;
            case AgeMetric or YearsOfAge or MedianOrderInterval or ScoreMetric or ScoreSumMetric or OrderMetric { Sum: OrderSum.AverageOrderValue }:
                return Wait(situation, comparison, wanted) ?? MustBe(situation, comparison, wanted);
        }

        return Wait(situation, comparison, wanted)
            ?? Phrases.MustFall(situation, metric, target);
    }

    private static Need Truth(Situation situation, Comparison comparison, bool wanted)
    {
        var yes = situation.Value(comparison.Metric) == 0;
        Need? need = comparison.Metric switch
        {
            ConsentMetric consent => yes
                ? new Need(new Naming($"同意 {consent.Purpose}", $"consent given for {consent.Purpose}"))
                : new Need(new Naming($"撤回对 {consent.Purpose} 的同意", $"consent withdrawn for {consent.Purpose}")),
            CommunityMetric when yes => new Need(new Naming("加入社群", "join a community")),
            ScoredMetric when yes => Phrases.OneOrder,
            ScoreMetric score when yes => ScoreNeed.OfHigh(situation, score.Measure),
            TopMetric top when yes => ScoreNeed.OfTop(situation, top),
            _ when !yes => Wait(situation, comparison, wanted),
            _ => null,
        };
        return need ?? MustBe(situation, comparison, wanted);
    }

    /// <summary>Null when time alone does not do it.</summary>
    private static Need? Wait(Situation situation, Comparison comparison, bool wanted)
    {
        var at = situation.BecomesAt(comparison, wanted);
        if (at.IsNever) return null;
        if (comparison.Metric is OrderMetric { Sum: OrderSum.Refunds }) return Phrases.WaitForRefunds(situation.Now, at);
        var without = WaitsWithout(comparison.Metric);

        // An order of another category does not disturb the waiting for one.
        var withoutOrders = without == FactKinds.Orders && comparison.Metric is not CategoryOrders;
        return Phrases.Wait(without, situation.Now, at) with { WithoutOrders = withoutOrders };
    }

    /// <summary>An age that counts from a first time passes whatever happens.</summary>
    private static FactKinds WaitsWithout(Metric metric) =>
        metric is AgeMetric { Anchor: Anchor.FirstOrder or Anchor.Joined } ? FactKinds.None : metric.Reads;

    private static Need MustBe(Situation situation, Comparison comparison, bool wanted)
    {
        return comparison.Metric is TopMetric
            ? MustHold(situation, comparison, wanted)
            : Phrases.MustBe(situation, comparison.Metric, Needed(comparison.Operator, wanted), comparison.Bound);
    }

    public static Need MustHold(Situation situation, Condition condition, bool wanted)
    {
        var zh = (Text: ChineseText.Of(condition, situation.Currency), Actual: situation.ActualZh(condition) ?? AnswerText.None);
        var en = (condition.Text, Actual: situation.Actual(condition) ?? AnswerText.None);
        return new Need(wanted
            ? new Naming($"须满足：{zh.Text}，现为 {zh.Actual}", $"{en.Text} must hold; it is {en.Actual}")
            : new Naming($"须不满足：{zh.Text}，现为 {zh.Actual}", $"{en.Text} must not hold; it is {en.Actual}"));
    }

    private static Operator Needed(Operator @operator, bool wanted)
    {
        if (wanted) return @operator;
        return @operator switch
        {
            Operator.Equal => Operator.NotEqual,
            Operator.NotEqual => Operator.Equal,
            Operator.Less => Operator.AtLeast,
            Operator.AtMost => Operator.Greater,
            Operator.Greater => Operator.AtMost,
            _ => Operator.Less,
        };
    }
}
