using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Schemes;

namespace Grid.Rulebooks.Explaining;

/// <summary>A customer's scores in a scheme, with the cut-offs of the baseline.</summary>
/// <param name="Scored">Whether it has an order inside the window; without one the dimensions are null.</param>
/// <param name="N">The number of customers that the baseline scored.</param>
/// <param name="Policy">When the cuts are derived: <c>continuous</c>, <c>frozen</c>, or <c>daily</c> with its time and zone.</param>
/// <param name="AsOf">The last derivation of the cut-offs; null before the first.</param>
public sealed record ScoresView(
    bool Scored, long N, ScoreView? Recency, ScoreView? Frequency, ScoreView? Monetary, string Policy, string? AsOf)
{
    internal static ScoresView? From(EvaluationContext context, RfmMeasures? rfm)
    {
        if (rfm is null) return null;
        var scored = rfm.Recency.Value(context.Customer, context.Now) != Measure.Absent;
        return new ScoresView(
            scored,
            context.Baseline.Of(rfm.Recency).Population,
            ScoreView.From(context, rfm.Recency),
            ScoreView.From(context, rfm.Frequency),
            ScoreView.From(context, rfm.Monetary),
            rfm.Recency.Policy.Text,
            AnswerText.OfDerived(context.Baseline.Of(rfm.Recency)));
    }
}

/// <param name="Value">The scored value, in the form of the cut-offs: the instant or day of the last order, an age, a number, money.</param>
/// <param name="High">Whether the score exceeds the mean of the population by more than the margin.</param>
/// <param name="Cuts">The bounds at which scores 2, 3, 4 and 5 begin; for banded ages, the bounds below which they end.</param>
public sealed record ScoreView(string Value, int Score, bool High, IReadOnlyList<string> Cuts)
{
    internal static ScoreView? From(EvaluationContext context, Measure measure)
    {
        var value = measure.Value(context.Customer, context.Now);
        if (value == Measure.Absent) return null;
        var cutoffs = context.Baseline.Of(measure);
        return measure is BandedMetric banded
            ? new ScoreView(context.Text(banded.Metric), (int)value, cutoffs.IsHigh(value, context.Customer.Id), Bands(banded, context.Currency))
            : new ScoreView(
                AnswerText.OfRanked(measure, value, context.Currency),
                cutoffs.Score(value, context.Customer.Id),
                cutoffs.IsHigh(value, context.Customer.Id),
                [.. cutoffs.Bounds.Select(bound => AnswerText.OfRanked(measure, bound, context.Currency))]);
    }

    private static List<string> Bands(BandedMetric banded, Currency currency)
    {
        var before = banded.SmallIsGood ? "< " : string.Empty;
        return [.. banded.Bounds.Reverse().Select(bound => before + AnswerText.Format(banded.Metric.Kind, bound, currency))];
    }
}
