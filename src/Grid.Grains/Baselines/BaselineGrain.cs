using Grid.Grains.Calendars;
using Grid.Grains.Rulebooks;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Orleans;
using Orleans.Runtime;

namespace Grid.Grains.Baselines;

/// <summary>
/// Costs per computation: a copy and a sort of each measure that changed, n log n, about 80 ms a measure at a million customers; per
/// publication one pass over the values of each measure whose cuts differ, and one turn for each customer these cuts decide otherwise.
/// </summary>
[KeepAlive]
public sealed class BaselineGrain(
    [PersistentState("baseline")] IPersistentState<BaselineState> stored, CustomerIndex index, CurrentRules rules, Calendar calendar)
    : Grain, IBaselineGrain
{
    public async Task Resume()
    {
        rules.Publish(stored.State.ToBaseline());
        if (stored.State.Moving is { } before) await Move(before, stored.State.Cuts);
    }

    public async Task<int> Publish(Instant asOf)
    {
        var before = stored.State.Cuts;
        var cuts = Compute(rules.Value.Rulebook, before);
        if (Alike(before, cuts)) return stored.State.Number;

        var state = stored.State;
        (state.Number, state.AsOf, state.Cuts, state.Moving) = (state.Number + 1, asOf.Milliseconds, cuts, before);
        await stored.WriteStateAsync();
        rules.Publish(state.ToBaseline());
        await Move(before, cuts);
        return state.Number;
    }

    private List<Cuts> Compute(Rulebook rulebook, IReadOnlyList<Cuts> before)
    {
        var cuts = new List<Cuts>();
        for (var slot = 0; slot < rulebook.Measures.Count; slot++)
        {
            var measure = rulebook.Measures[slot];
            var known = before.FirstOrDefault(cut => cut.Measure == measure.Id);
            var tops = rulebook.TopsOf(measure);
            if (known is not null && !index.HasChanged(slot) && known.Tops.Select(top => top.PerMille).SequenceEqual(tops)) cuts.Add(known);
            else if (measure.IsScore) cuts.Add(Ranking.Average(measure.Id, index.Values(slot)));
            else cuts.Add(Ranking.Rank(measure.Id, index.Values(slot), tops));
        }

        return cuts;
    }

    /// <summary>Advances everyone whom the two sets of cuts decide differently; a turn finds out what that means for its layers.</summary>
    private async Task Move(IReadOnlyList<Cuts> before, IReadOnlyList<Cuts> after)
    {
        await calendar.Advance(Moved(before, after), CancellationToken.None);
        stored.State.Moving = null;
        await stored.WriteStateAsync();
    }

    private IEnumerable<CustomerId> Moved(IReadOnlyList<Cuts> before, IReadOnlyList<Cuts> after)
    {
        var measures = rules.Value.Rulebook.Measures;
        for (var slot = 0; slot < measures.Count; slot++)
        {
            var now = after.FirstOrDefault(cuts => cuts.Measure == measures[slot].Id);
            if (now is null) continue;
            var then = before.FirstOrDefault(cuts => cuts.Measure == measures[slot].Id) ?? Baseline.None.Of(measures[slot]);
            if (now.CutsLike(then)) continue;
            foreach (var customer in index.Where(slot, value => !now.DecidesLike(then, value))) yield return customer;
        }
    }

    private static bool Alike(IReadOnlyList<Cuts> before, List<Cuts> after) =>
        before.Count == after.Count && before.Zip(after).All(pair => pair.First.Measure == pair.Second.Measure && pair.First.CutsLike(pair.Second));
}
