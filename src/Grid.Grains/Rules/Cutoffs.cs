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
internal sealed class Cutoffs(Population population)
{
    /// <summary>
    /// Measures of a continuous scheme are derived at each computation, those of a daily one at the first at or after its time of day,
    /// frozen ones once: at the first computation after their scheme was published that finds anybody to score, and when somebody asks.
    /// </summary>
    /// <param name="known">In force.</param>
    /// <param name="anew">The policy of frozen measures that are derived again all the same; null: none.</param>
    public async Task<List<Cuts>> Derive(Rulebook rulebook, IReadOnlyList<Cuts> known, Instant asOf, FrozenPolicy? anew)
    {
        var changed = await population.Changed();
        var cuts = new List<Cuts>();
        foreach (var measure in rulebook.Measures)
        {
            var tops = rulebook.TopsOf(measure);
            var before = KnownCuts.Find(known, measure, tops);
            if (before is not null && !measure.Policy.Equals(anew) && !measure.Policy.IsDue(before, asOf)) cuts.Add(before);
            else if (before is not null && !changed.Contains(measure.Id)) cuts.Add(before with { AsOf = asOf });
            else cuts.Add(await Derive(measure, tops, asOf));
        }

        return cuts;
    }

    /// <summary>What is known stays as it is, so that a publication moves nobody in schemes it does not change.</summary>
    public async Task<List<Cuts>> Complete(Rulebook rulebook, IReadOnlyList<Cuts> known, Instant asOf)
    {
        var cuts = new List<Cuts>();
        foreach (var measure in rulebook.Measures)
        {
            var tops = rulebook.TopsOf(measure);
            cuts.Add(KnownCuts.Find(known, measure, tops) ?? await Derive(measure, tops, asOf));
        }

        return cuts;
    }

    public static bool Alike(IReadOnlyList<Cuts> before, IReadOnlyList<Cuts> after) =>
        before.Count == after.Count && before.Zip(after).All(pair => pair.First.Measure == pair.Second.Measure && pair.First.CutsLike(pair.Second));

    /// <summary>Whether cut-offs that go by a clock were derived again, so that when they are due next counts from now.</summary>
    public static bool AreConfirmed(Rulebook rulebook, IReadOnlyList<Cuts> before, IReadOnlyList<Cuts> after)
    {
        var byClock = rulebook.Measures.Where(measure => measure.Policy is not ContinuousPolicy).Select(measure => measure.Id).ToHashSet();
        return before.Zip(after).Any(pair => byClock.Contains(pair.First.Measure) && pair.First.AsOf != pair.Second.AsOf);
    }

    private async Task<Cuts> Derive(Measure measure, IReadOnlyList<int> tops, Instant asOf)
    {
        var (values, customers) = await population.Values(measure.Id, Ranking.NeedsCustomers(measure));
        return Ranking.Of(measure, values, Array.ConvertAll(customers, id => new CustomerId(id)), tops, asOf);
    }
}
