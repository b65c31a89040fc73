using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Evaluation;

namespace Grid.Rulebooks.Explaining;

/// <summary>The cut-offs in force.</summary>
/// <param name="Number">0 before the first publication.</param>
/// <param name="AsOf">Null before the first publication.</param>
public sealed record BaselineView(int Number, string? AsOf, IReadOnlyList<CutsView> Cuts)
{
    public static BaselineView From(Rules rules, Currency currency)
    {
        var measures = rules.Rulebook.Measures.ToDictionary(measure => measure.Id);
        var baseline = rules.Baseline;
        return new BaselineView(
            baseline.Number,
            baseline.Number == 0 ? null : baseline.AsOf.ToString(),
            [.. from cutoffs in baseline.Cuts
                where measures.ContainsKey(cutoffs.Measure)
                select CutsView.From(measures[cutoffs.Measure], cutoffs, currency)]);
    }
}

/// <param name="N">The population that was ranked or scored.</param>
/// <param name="Values">The bounds at which scores 2, 3, 4 and 5 begin; empty for a measure that is a score already.</param>
/// <param name="Tops">The top shares that schemes read.</param>
/// <param name="Mode">How values are scored; <c>bands</c> for a measure that is a score already.</param>
/// <param name="Splits">For each bound that splits tied customers, the first id above it; empty elsewhere.</param>
/// <param name="Policy"><c>continuous</c>, <c>frozen</c>, or <c>daily</c> with its time and zone.</param>
/// <param name="AsOf">The instant at which they were derived.</param>
/// <param name="HighMargin">How far a score must exceed the mean to be high, in thousandths of a score.</param>
/// <param name="HighFrom">The least score that is high; 6 when none is.</param>
/// <param name="NextAt">The instant at which the daily policy derives them again; null for other policies.</param>
public sealed record CutsView(
    string Id,
    long N,
    IReadOnlyList<string> Values,
    long ScoreSum,
    IReadOnlyList<TopView> Tops,
    string Mode,
    IReadOnlyList<string> Splits,
    string Policy,
    string? AsOf,
    string? NextAt,
    int HighMargin,
    int HighFrom)
{
    internal static CutsView From(Measure measure, Cutoffs cutoffs, Currency currency) => new(
        cutoffs.Measure,
        cutoffs.Population,
        [.. cutoffs.Bounds.Select(bound => AnswerText.OfRanked(measure, bound, currency))],
        cutoffs.ScoreSum,
        [.. cutoffs.Tops.Select(top => TopView.From(measure, top, currency))],
        measure.IsScore ? "bands" : measure.Mode.Name(),
        cutoffs.Splits,
        measure.Policy.Text,
        AnswerText.OfDerived(cutoffs),
        AnswerText.Format(measure.Policy.NextAfter(cutoffs.AsOf)),
        cutoffs.HighMargin,
        cutoffs.HighFrom);
}

/// <param name="PerMille">The share in thousandths.</param>
/// <param name="Value">The smallest value in the top share.</param>
/// <param name="Nominal">The share of the population, rounded up.</param>
/// <param name="WithTies">The number of customers in the top share.</param>
public sealed record TopView(int PerMille, string Value, long Nominal, long WithTies)
{
    internal static TopView From(Measure measure, TopCutoff top, Currency currency) =>
        new(top.PerMille, AnswerText.OfRanked(measure, top.Threshold, currency), top.Nominal, top.WithTies);
}
