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
            [.. from cuts in baseline.Cuts
                where measures.ContainsKey(cuts.Measure)
                select CutsView.From(measures[cuts.Measure], cuts, currency)]);
    }
}

/// <param name="N">The population that was ranked or scored.</param>
/// <param name="Values">What the scores 2, 3, 4 and 5 begin at; empty for a measure that is a score already.</param>
/// <param name="Tops">The top shares that a scheme asks for.</param>
/// <param name="Mode">How values are scored; <c>bands</c> for a measure that is a score already.</param>
/// <param name="Splits">Where a bound splits customers that tie: the first id that scores it, for each value; empty elsewhere.</param>
/// <param name="Policy"><c>continuous</c>, <c>frozen</c>, or <c>daily</c> with its time and zone.</param>
/// <param name="AsOf">When they were derived.</param>
/// <param name="NextAt">When a clock says that they are derived next; null when none does.</param>
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
    string? NextAt)
{
    internal static CutsView From(Measure measure, Cutoffs cuts, Currency currency) => new(
        cuts.Measure,
        cuts.Population,
        [.. cuts.Bounds.Select(bound => AnswerText.OfRanked(measure, bound, currency))],
        cuts.ScoreSum,
        [.. cuts.Tops.Select(top => TopView.From(measure, top, currency))],
        measure.IsScore ? "bands" : measure.Mode.Name(),
        cuts.Splits,
        measure.Policy.Text,
        AnswerText.OfDerived(cuts),
        AnswerText.Format(measure.Policy.NextAfter(cuts.AsOf)));
}

/// <param name="PerMille">The share in thousandths.</param>
/// <param name="Value">Who has at least this is among them.</param>
/// <param name="Nominal">The share of the population, rounded up.</param>
/// <param name="WithTies">How many are among them.</param>
public sealed record TopView(int PerMille, string Value, long Nominal, long WithTies)
{
    internal static TopView From(Measure measure, TopCutoff top, Currency currency) =>
        new(top.PerMille, AnswerText.OfRanked(measure, top.Threshold, currency), top.Nominal, top.WithTies);
}
