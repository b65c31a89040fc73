using Grid.Grains.Calendars;
using Grid.Grains.Populations;
using Grid.Grains.Rulebooks;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Time;
using Orleans;
using Orleans.Runtime;

namespace Grid.Grains.Baselines;

/// <summary>
/// Measures of a continuous scheme are derived at each computation, those of a daily one at the first at or after its time of day, frozen
/// ones once: at the first computation after their scheme was published that finds anybody to score, and when somebody asks.
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

    public async Task Enforce(Instant asOf)
    {
        var (rulebook, layouts) = rules.Proposed ?? throw new InvalidOperationException("No rulebook is proposed.");
        foreach (var measure in rulebook.Measures)
            if (!index.Keeps(measure.Id))
                index.Prepare(measure.Id, []);
        var state = stored.State;
        var cuts = rulebook.Measures.Select(measure => CutsFor(measure, rulebook.TopsOf(measure), asOf)).ToList();
        if (index.Customers > 0 && !Alike(state.Cuts, cuts))
        {
            (state.Number, state.AsOf, state.Cuts, state.Moving) = (state.Number + 1, asOf.Milliseconds, cuts, null);
            await stored.WriteStateAsync();
        }

        index.Use([.. rulebook.Measures.Select(measure => measure.Id)], layouts.Values);
        rules.Publish(rulebook, layouts, state.ToBaseline());
    }

    public Task<int> Publish(Instant asOf) => Publish(asOf, anew: null);

    public async Task<RefreezeReply> Refreeze(string scheme, Instant asOf)
    {
        if (rules.Value.Rulebook.Find(scheme) is not { } found) return new RefreezeReply(RefreezeOutcome.UnknownScheme, stored.State.Number);
        if (found.Definition.Baseline is not FrozenPolicy policy) return new RefreezeReply(RefreezeOutcome.NotFrozen, stored.State.Number);
        return new RefreezeReply(RefreezeOutcome.Frozen, await Publish(asOf, policy));
    }

    /// <param name="asOf">When the population is what it is now.</param>
    /// <param name="anew">The policy of frozen measures that are derived again all the same; null: none.</param>
    private async Task<int> Publish(Instant asOf, FrozenPolicy? anew)
    {
        // What time alone has changed by then belongs to the population of that instant.
        await calendar.Drain(asOf, CancellationToken.None);
        var state = stored.State;
        var before = state.Cuts;
        var cuts = Compute(before, asOf, anew);
        if (Alike(before, cuts))
        {
            if (IsConfirmed(before, cuts)) await Confirm(cuts);
            return state.Number;
        }

        (state.Number, state.AsOf, state.Cuts, state.Moving) = (state.Number + 1, asOf.Milliseconds, cuts, before);
        await stored.WriteStateAsync();
        rules.Publish(state.ToBaseline());
        await Move(before, cuts);
        return state.Number;
    }

    private List<Cuts> Compute(IReadOnlyList<Cuts> before, Instant asOf, FrozenPolicy? anew)
    {
        var rulebook = rules.Value.Rulebook;
        var cuts = new List<Cuts>();
        foreach (var measure in rulebook.Measures)
        {
            var tops = rulebook.TopsOf(measure);
            var known = KnownCuts.Find(before, measure, tops);
            if (known is not null && !measure.Policy.Equals(anew) && !measure.Policy.IsDue(known, asOf)) cuts.Add(known);
            else if (known is not null && !index.HasChanged(measure.Id)) cuts.Add(known with { AsOf = asOf });
            else cuts.Add(Derive(measure, tops, asOf));
        }

        return cuts;
    }

    /// <summary>What is known stays as it is, so that a publication moves nobody in schemes it does not change.</summary>
    private Cuts CutsFor(Measure measure, IReadOnlyList<int> tops, Instant asOf) =>
        KnownCuts.Find(stored.State.Cuts, measure, tops) ?? Derive(measure, tops, asOf);

    private Cuts Derive(Measure measure, IReadOnlyList<int> tops, Instant asOf)
    {
        if (!Ranking.NeedsCustomers(measure)) return Ranking.Of(measure, index.Values(measure.Id), [], tops, asOf);
        var (values, customers) = index.ValuesOfCustomers(measure.Id);
        return Ranking.Of(measure, values, customers, tops, asOf);
    }

    /// <summary>
    /// Cut-offs that go by a clock were derived again and cut everybody as before: nothing is published, but when they are due next counts
    /// from now.
    /// </summary>
    private async Task Confirm(IReadOnlyList<Cuts> cuts)
    {
        stored.State.Cuts = cuts;
        await stored.WriteStateAsync();
        rules.Publish(stored.State.ToBaseline());
    }

    private bool IsConfirmed(IReadOnlyList<Cuts> before, IReadOnlyList<Cuts> after)
    {
        var byClock = rules.Value.Rulebook.Measures.Where(measure => measure.Policy is not ContinuousPolicy).Select(measure => measure.Id).ToHashSet();
        return before.Zip(after).Any(pair => byClock.Contains(pair.First.Measure) && pair.First.AsOf != pair.Second.AsOf);
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
        var rulebook = rules.Value.Rulebook;
        var conditions = new List<(string Measure, Func<long, CustomerId, bool> Condition)>();
        foreach (var measure in rulebook.Measures)
        {
            if (after.FirstOrDefault(cuts => cuts.Measure == measure.Id) is not { } now) continue;
            var then = before.FirstOrDefault(cuts => cuts.Measure == measure.Id) ?? Baseline.None.Of(measure);
            var reads = rulebook.ReadsOf(measure);
            if (!now.CutsLike(then)) conditions.Add((measure.Id, (value, customer) => !now.DecidesLike(then, value, customer, reads)));
        }

        return conditions.Count == 0 ? [] : index.Where(conditions);
    }

    private static bool Alike(IReadOnlyList<Cuts> before, List<Cuts> after) =>
        before.Count == after.Count && before.Zip(after).All(pair => pair.First.Measure == pair.Second.Measure && pair.First.CutsLike(pair.Second));
}
