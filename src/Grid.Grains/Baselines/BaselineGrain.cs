using Grid.Grains.Calendars;
using Grid.Grains.Populations;
using Grid.Grains.Rulebooks;
using Grid.Ledger;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Grains.Baselines;

/// <summary>What a baseline needs of the process it lives in.</summary>
public sealed record BaselineServices(
    ILedger Ledger, CustomerIndex Index, MeasureReader Reader, CurrentRules Rules, RulesFollower Follower, Calendar Calendar, Currency Currency);

/// <summary>
/// Measures of a continuous scheme are derived at each computation, those of a daily one at the first at or after its time of day, frozen
/// ones once: at the first computation after their scheme was published that finds anybody to score, and when somebody asks.
/// Costs per computation: a copy and a sort of each measure that changed, n log n, about 80 ms a measure at a million customers; per
/// publication one pass over the values of each measure whose cuts differ, and one turn for each customer these cuts decide otherwise.
/// </summary>
/// <remarks>See decision 0010 for how a publication reaches every process and no change escapes it.</remarks>
[KeepAlive]
public sealed class BaselineGrain([PersistentState("baseline")] IPersistentState<BaselineState> stored, BaselineServices services)
    : Grain, IBaselineGrain
{
    // What is durable. The state may be ahead of it while it is being written.
    private RulesInForce? _inForce;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _inForce = stored.State.InForce;
        return Task.CompletedTask;
    }

    public Task<RulesInForce?> InForce() => Task.FromResult(_inForce);

    public async Task Resume(Instant asOf)
    {
        await services.Index.Filled;
        var latest = (await GrainFactory.Rulebook().History())[^1];
        if (stored.State.Rulebook != latest.Number) await Enforce(latest.Number, asOf);
        else await Announce();
        await ReadLacking(services.Rules.Value.Rulebook);
        if (stored.State.Moving is { } before) await Move(before, stored.State.Cuts);
        var known = stored.State.Cuts.Select(cuts => cuts.Measure).ToHashSet();
        if (services.Rules.Value.Rulebook.Measures.Any(measure => !known.Contains(measure.Id))) await Publish(asOf);
    }

    public async Task Enforce(int rulebook, Instant asOf)
    {
        await services.Index.Filled;
        var published = (await GrainFactory.Rulebook().History()).Single(published => published.Number == rulebook);
        var compiled = published.ToRulebook(services.Currency);

        // What was due so far is decided by the rules that held until now.
        if (services.Rules.IsPublished) await services.Calendar.Drain(asOf, CancellationToken.None);
        await ReadLacking(compiled);
        var state = stored.State;
        var cuts = compiled.Measures.Select(measure => CutsFor(measure, compiled.TopsOf(measure), asOf)).ToList();
        if (services.Index.Customers > 0 && !Alike(state.Cuts, cuts))
            (state.Number, state.AsOf, state.Cuts, state.Moving) = (state.Number + 1, asOf.Milliseconds, cuts, null);
        state.Rulebook = rulebook;
        await WriteEdition();
        await Announce();
    }

    public Task<int> Publish(Instant asOf) => Publish(asOf, anew: null);

    public async Task<RefreezeReply> Refreeze(string scheme, Instant asOf)
    {
        if (services.Rules.Value.Rulebook.Find(scheme) is not { } found) return new RefreezeReply(RefreezeOutcome.UnknownScheme, stored.State.Number);
        if (found.Definition.Baseline is not FrozenPolicy policy) return new RefreezeReply(RefreezeOutcome.NotFrozen, stored.State.Number);
        return new RefreezeReply(RefreezeOutcome.Frozen, await Publish(asOf, policy));
    }

    /// <param name="asOf">When the population is what it is now.</param>
    /// <param name="anew">The policy of frozen measures that are derived again all the same; null: none.</param>
    private async Task<int> Publish(Instant asOf, FrozenPolicy? anew)
    {
        await services.Index.Filled;
        await services.Follower.Adopt(stored.State.Edition);
        await ReadLacking(services.Rules.Value.Rulebook);

        // What time alone has changed by then belongs to the population of that instant.
        await services.Calendar.Drain(asOf, CancellationToken.None);
        var state = stored.State;
        var before = state.Cuts;
        var cuts = Compute(before, asOf, anew);
        if (Alike(before, cuts))
        {
            if (IsConfirmed(before, cuts)) await Confirm(cuts);
            return state.Number;
        }

        (state.Number, state.AsOf, state.Cuts, state.Moving) = (state.Number + 1, asOf.Milliseconds, cuts, before);
        await WriteEdition();
        await Announce();
        await Move(before, cuts);
        return state.Number;
    }

    private List<Cuts> Compute(IReadOnlyList<Cuts> before, Instant asOf, FrozenPolicy? anew)
    {
        var rulebook = services.Rules.Value.Rulebook;
        var cuts = new List<Cuts>();
        foreach (var measure in rulebook.Measures)
        {
            var tops = rulebook.TopsOf(measure);
            var known = KnownCuts.Find(before, measure, tops);
            if (known is not null && !measure.Policy.Equals(anew) && !measure.Policy.IsDue(known, asOf)) cuts.Add(known);
            else if (known is not null && !services.Index.HasChanged(measure.Id)) cuts.Add(known with { AsOf = asOf });
            else cuts.Add(Derive(measure, tops, asOf));
        }

        return cuts;
    }

    /// <summary>What is known stays as it is, so that a publication moves nobody in schemes it does not change.</summary>
    private Cuts CutsFor(Measure measure, IReadOnlyList<int> tops, Instant asOf) =>
        KnownCuts.Find(stored.State.Cuts, measure, tops) ?? Derive(measure, tops, asOf);

    private Cuts Derive(Measure measure, IReadOnlyList<int> tops, Instant asOf)
    {
        if (!Ranking.NeedsCustomers(measure)) return Ranking.Of(measure, services.Index.Values(measure.Id), [], tops, asOf);
        var (values, customers) = services.Index.ValuesOfCustomers(measure.Id);
        return Ranking.Of(measure, values, customers, tops, asOf);
    }

    /// <summary>The process this grain lives in may not know what the whole population says to a measure, when it is new to one of them.</summary>
    private Task ReadLacking(Rulebook rulebook) => services.Reader.Read(rulebook.Measures, CancellationToken.None);

    /// <summary>
    /// Cut-offs that go by a clock were derived again and cut everybody as before: nothing is published, but when they are due next counts
    /// from now.
    /// </summary>
    private async Task Confirm(IReadOnlyList<Cuts> cuts)
    {
        stored.State.Cuts = cuts;
        await WriteEdition();
        await services.Follower.Adopt(_inForce!);
    }

    private bool IsConfirmed(IReadOnlyList<Cuts> before, IReadOnlyList<Cuts> after)
    {
        var byClock = services.Rules.Value.Rulebook.Measures
            .Where(measure => measure.Policy is not ContinuousPolicy).Select(measure => measure.Id).ToHashSet();
        return before.Zip(after).Any(pair => byClock.Contains(pair.First.Measure) && pair.First.AsOf != pair.Second.AsOf);
    }

    private async Task WriteEdition()
    {
        stored.State.Edition++;
        await Write();
        _inForce = stored.State.InForce;
    }

    private async Task Write()
    {
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // Whether it was written is not known: the next activation reads what is.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>From here on nobody commits what was decided by earlier rules, and this process decides by these.</summary>
    private async Task Announce()
    {
        var edition = await services.Ledger.Fence(_inForce!.Edition);
        if (edition > _inForce.Edition)
        {
            // The ledger is ahead of what is stored here, after a restore for one: this takes its place behind it.
            stored.State.Edition = edition;
            await WriteEdition();
            await services.Ledger.Fence(_inForce.Edition);
        }

        await services.Follower.Adopt(_inForce);
    }

    /// <summary>Advances everyone whom the two sets of cuts decide differently; a turn finds out what that means for its layers.</summary>
    private async Task Move(IReadOnlyList<Cuts> before, IReadOnlyList<Cuts> after)
    {
        await services.Calendar.Advance(Moved(before, after), CancellationToken.None);
        stored.State.Moving = null;
        await Write();
    }

    private IEnumerable<CustomerId> Moved(IReadOnlyList<Cuts> before, IReadOnlyList<Cuts> after)
    {
        var rulebook = services.Rules.Value.Rulebook;
        var conditions = new List<(string Measure, Func<long, CustomerId, bool> Condition)>();
        foreach (var measure in rulebook.Measures)
        {
            if (after.FirstOrDefault(cuts => cuts.Measure == measure.Id) is not { } now) continue;
            var then = before.FirstOrDefault(cuts => cuts.Measure == measure.Id) ?? Baseline.None.Of(measure);
            var reads = rulebook.ReadsOf(measure);
            if (!now.CutsLike(then)) conditions.Add((measure.Id, (value, customer) => !now.DecidesLike(then, value, customer, reads)));
        }

        return conditions.Count == 0 ? [] : services.Index.Where(conditions);
    }

    private static bool Alike(IReadOnlyList<Cuts> before, List<Cuts> after) =>
        before.Count == after.Count && before.Zip(after).All(pair => pair.First.Measure == pair.Second.Measure && pair.First.CutsLike(pair.Second));
}
