using Grid.Grains.Partitions;
using Grid.Grains.Populations;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Grains.Rules;

/// <summary>
/// Derives cut-offs from the population. Costs per computation: a copy and a sort of each measure that changed, n log n, about 80 ms a
/// measure at a million customers.
/// </summary>
internal sealed class CutoffDerivation(Population population)
{
    // By measure: the marks of the values that gave the cut-offs in force, and of those that gave the last derived cut-offs. Derived cut-offs never
    // get into force when their publication fails.
    private readonly Dictionary<string, string> _inForce = [];
    private Dictionary<string, string> _derived = [];

    /// <summary>Called when the last derived cut-offs are in force, or equal those in force.</summary>
    public void AreInForce()
    {
        foreach (var (measure, mark) in _derived) _inForce[measure] = mark;
    }

    /// <summary>
    /// Measures of a continuous scheme are derived at each computation; those of a daily scheme at the first computation at or after its time of day;
    /// frozen ones at the first computation after their scheme's publication that finds a customer to score, and when an operator freezes them anew.
    /// </summary>
    /// <param name="known">The cut-offs in force.</param>
    /// <param name="marks">The mark of each measure's present values.</param>
    /// <param name="anew">The policy of frozen measures that are derived again now; null: none.</param>
    public Task<List<Cutoffs>> Derive(
        Rulebook rulebook, IReadOnlyList<Cutoffs> known, IReadOnlyDictionary<string, string> marks, Instant asOf, FrozenPolicy? anew) =>
        Derive(
            rulebook,
            known,
            asOf,
            measure =>
            {
                var before = KnownCutoffs.Find(known, measure, rulebook.TopsOf(measure));
                if (before is not null && !measure.Policy.Equals(anew) && !measure.Policy.IsDue(before, asOf)) return before;
                return before is not null && AreOf(marks, measure) ? before with { AsOf = asOf } : null;
            });

    /// <summary>Keeps existing cut-offs, so that a publication moves no customer in schemes that it does not change.</summary>
    public Task<List<Cutoffs>> Complete(Rulebook rulebook, IReadOnlyList<Cutoffs> known, Instant asOf) =>
        Derive(rulebook, known, asOf, measure => KnownCutoffs.Find(known, measure, rulebook.TopsOf(measure)));

    /// <param name="keep">The cut-offs of a measure that need not be derived; null: they are derived.</param>
    private async Task<List<Cutoffs>> Derive(
        Rulebook rulebook, IReadOnlyList<Cutoffs> known, Instant asOf, Func<Measure, Cutoffs?> keep)
    {
        var kept = rulebook.Measures.Select(measure => (Measure: measure, Cuts: keep(measure))).ToList();
        var requested = kept.Where(one => one.Cuts is null).Select(one => one.Measure).ToList();
        var values = await population.Values([.. requested.Select(measure => new MeasureRequest(measure.Id, Ranking.NeedsCustomers(measure)))]);
        var derived = requested.Zip(values, (measure, read) => Ranking.Compute(
            measure,
            read.Values,
            Array.ConvertAll(read.Customers, id => new CustomerId(id)),
            rulebook.TopsOf(measure),
            asOf,
            Settling(rulebook, known, measure))).ToList();
        _derived = requested.Zip(values, (measure, read) => (measure.Id, read.Mark)).ToDictionary();
        var next = 0;
        return [.. kept.Select(one => one.Cuts ?? derived[next++])];
    }

    /// <summary>The cut-offs in force that may stay; frozen ones that are derived anew are derived exactly.</summary>
    private static Cutoffs? Settling(Rulebook rulebook, IReadOnlyList<Cutoffs> known, Measure measure) =>
        measure.Policy is FrozenPolicy ? null : KnownCutoffs.Find(known, measure, rulebook.TopsOf(measure));

    public static bool Alike(IReadOnlyList<Cutoffs> before, IReadOnlyList<Cutoffs> after) =>
        before.Count == after.Count && before.Zip(after).All(pair => pair.First.Measure == pair.Second.Measure && pair.First.CutsLike(pair.Second));

    /// <summary>Whether daily or frozen cut-offs were derived again, which moves the instant at which they are due next.</summary>
    public static bool AreConfirmed(Rulebook rulebook, IReadOnlyList<Cutoffs> before, IReadOnlyList<Cutoffs> after)
    {
        var byClock = rulebook.Measures.Where(measure => measure.Policy is not ContinuousPolicy).Select(measure => measure.Id).ToHashSet();
        return before.Zip(after).Any(pair => byClock.Contains(pair.First.Measure) && pair.First.AsOf != pair.Second.AsOf);
    }

    /// <summary>Whether the present values are those that gave the cut-offs in force.</summary>
    private bool AreOf(IReadOnlyDictionary<string, string> marks, Measure measure) =>
        marks.TryGetValue(measure.Id, out var mark) && _inForce.GetValueOrDefault(measure.Id) == mark;
}
