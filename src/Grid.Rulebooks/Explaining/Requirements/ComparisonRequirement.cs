using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>The requirements that make a failing comparison hold, or a holding one fail.</summary>
internal static class ComparisonRequirement
{
    public static Requirement From(EvaluationContext context, Comparison comparison, bool wanted)
    {
        if (comparison.Metric.Kind == ValueKind.Truth) return Truth(context, comparison, wanted);
        var value = context.Value(comparison.Metric);
        if (value == Metric.Absent) return AgeKnown(context, comparison, wanted);
        var bound = comparison.Bound;
        return Needed(comparison.Operator, wanted) switch
        {
            Operator.AtLeast => Rise(context, comparison, wanted, bound),
            Operator.Greater => Rise(context, comparison, wanted, bound + 1),
            Operator.AtMost => Fall(context, comparison, wanted, bound),
            Operator.Less => Fall(context, comparison, wanted, bound - 1),
            Operator.Equal when value > bound => Fall(context, comparison, wanted, bound),
            Operator.Equal => Rise(context, comparison, wanted, bound),
            _ => Rise(context, comparison, wanted, bound + 1),
        };
    }

    private static Requirement Rise(EvaluationContext context, Comparison comparison, bool wanted, long target)
    {
        var requirement = comparison.Metric switch
        {
            AgeMetric or YearsOfAge => Wait(context, comparison, wanted),
            ScoreSumMetric sum => ScoreRequirement.OfSum(context, sum, target),
            ScoreMetric score => ScoreRequirement.From(context, score.Measure, target),
            OrderMetric { Sum: OrderSum.AverageOrderValue } average => new AverageRequirement(context, average, target).With(1),
            var metric => CountRequirement.From(context, metric, target),
        };
        return requirement ?? MustBe(context, comparison, wanted);
    }

    private static Requirement Fall(EvaluationContext context, Comparison comparison, bool wanted, long target)
    {
        var metric = comparison.Metric;
        switch (metric)
        {
            case AgeMetric { Anchor: Anchor.LastOrder }: return RequirementText.OneOrder;
            case AgeMetric { Anchor: Anchor.LastActivity }: return RequirementText.AnyActivity;
            case AgeMetric { Anchor: Anchor.FirstOrder } when context.Value(metric) == Metric.Infinite: return RequirementText.OneOrder;
            case AgeMetric or YearsOfAge or MedianOrderInterval or ScoreMetric or ScoreSumMetric or OrderMetric { Sum: OrderSum.AverageOrderValue }:
                return Wait(context, comparison, wanted) ?? MustBe(context, comparison, wanted);
        }

        return Wait(context, comparison, wanted)
            ?? RequirementText.MustFall(context, metric, target);
    }

    private static Requirement Truth(EvaluationContext context, Comparison comparison, bool wanted)
    {
        var yes = context.Value(comparison.Metric) == 0;
        Requirement? requirement = comparison.Metric switch
        {
            ConsentMetric consent => yes
                ? Consent(ActionKind.Consent, consent, "同意 ", "consent given for ")
                : Consent(ActionKind.Withdrawal, consent, "撤回同意 ", "consent withdrawn for "),
            CommunityMetric when yes => new Requirement(new LocalizedText("加入社群", "join a community"))
            {
                Action = new RecommendedAction(ActionKind.Community) { Count = 1 },
            },
            ScoredMetric when yes => RequirementText.OneOrder,
            ScoreMetric score when yes => ScoreRequirement.OfHigh(context, score.Measure),
            TopMetric top when yes => ScoreRequirement.OfTop(context, top),
            _ when !yes => Wait(context, comparison, wanted),
            _ => null,
        };
        return requirement ?? MustBe(context, comparison, wanted);
    }

    private static Requirement Consent(ActionKind kind, ConsentMetric consent, string zh, string en) =>
        new(new LocalizedText(zh + consent.Purpose, en + consent.Purpose)) { Action = new RecommendedAction(kind) { Of = consent.Purpose } };

    /// <summary>The only metric whose value may be unknown altogether.</summary>
    private static Requirement AgeKnown(EvaluationContext context, Comparison comparison, bool wanted)
    {
        var @operator = Needed(comparison.Operator, wanted);
        var bound = RequirementText.MustCompare(comparison.Metric, @operator, comparison.Bound, context.Currency);
        return new Requirement(new LocalizedText($"须知道生日或年龄：{bound.Zh}", $"the birthday or the age must be known: {bound.En}"))
        {
            Action = new RecommendedAction(ActionKind.Age) { Operator = @operator, Count = comparison.Bound },
        };
    }

    /// <summary>Null when time alone does not change the comparison.</summary>
    private static Requirement? Wait(EvaluationContext context, Comparison comparison, bool wanted)
    {
        var at = context.BecomesAt(comparison, wanted);
        if (at.IsNever) return null;
        if (comparison.Metric is OrderMetric { Sum: OrderSum.Refunds }) return RequirementText.WaitForRefunds(context.Now, at);
        var without = WaitsWithout(comparison.Metric);

        // An order of another category does not interrupt the wait.
        var withoutOrders = without == FactKinds.Orders && comparison.Metric is not CategoryOrders;
        return RequirementText.Wait(without, context.Now, at) with { WithoutOrders = withoutOrders };
    }

    /// <summary>An age since a first event grows whatever happens.</summary>
    private static FactKinds WaitsWithout(Metric metric) =>
        metric is AgeMetric { Anchor: Anchor.FirstOrder or Anchor.Joined } ? FactKinds.None : metric.Reads;

    private static Requirement MustBe(EvaluationContext context, Comparison comparison, bool wanted)
    {
        return comparison.Metric is TopMetric
            ? MustHold(context, comparison, wanted)
            : RequirementText.MustBe(context, comparison.Metric, Needed(comparison.Operator, wanted), comparison.Bound);
    }

    public static Requirement MustHold(EvaluationContext context, Condition condition, bool wanted)
    {
        var zh = (Text: ChineseText.Format(condition, context.Currency), Actual: context.ActualZh(condition) ?? AnswerText.None);
        var en = (condition.Text, Actual: context.Actual(condition) ?? AnswerText.None);
        return new Requirement(wanted
            ? new LocalizedText($"须满足：{zh.Text}，现为 {zh.Actual}", $"{en.Text} must hold; it is {en.Actual}")
            : new LocalizedText($"须不满足：{zh.Text}，现为 {zh.Actual}", $"{en.Text} must not hold; it is {en.Actual}"));
    }

    public static Operator Needed(Operator @operator, bool wanted)
    {
        if (wanted) return @operator;
        return @operator switch
        {
            Operator.Equal or Operator.In => Operator.NotEqual,
            Operator.NotEqual => Operator.Equal,
            Operator.Less => Operator.AtLeast,
            Operator.AtMost => Operator.Greater,
            Operator.Greater => Operator.AtMost,
            _ => Operator.Less,
        };
    }
}
