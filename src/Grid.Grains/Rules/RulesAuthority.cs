using Grid.Grains.Calls;
using Grid.Grains.Partitions;
using Grid.Model.Baselines;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Rules;

/// <summary>The two stored states of the rules.</summary>
public interface IRulesStorage
{
    RulebookState Rulebooks { get; }

    BaselineState Baseline { get; }

    Task WriteRulebooks();

    Task WriteBaseline();
}

/// <summary>
/// The work of the <see cref="RulesGrain"/>: decides which rules are in force. A publication writes the new epoch, fences the ledger, and then makes
/// the partitions move exactly the customers whose layers may differ, in the background.
/// </summary>
/// <remarks>Decision 0010 explains how a publication reaches every silo and why it misses no commit.</remarks>
public sealed partial class RulesAuthority(
    RulesServices services, IRulesStorage stored, Func<RulesInForce, Task> announce, ILogger logger, CancellationToken leaving) : IDisposable
{
    private readonly RulebookHistory _history = new(stored.Rulebooks, services.Currency);
    private readonly CutoffDerivation _cutoffs = new(services.Population);

    // A lock, because the background writes the baseline's state too.
    private readonly SemaphoreSlim _writing = new(1, 1);

    // The durable rules. The state is ahead of them while it is being written.
    private RulesInForce? _inForce = stored.Baseline.InForce;

    // Whether the ledger refuses epochs before the one in force, and the silos have been notified.
    private bool _isAnnounced;

    public RulesInForce? InForce => _inForce;

    public IReadOnlyList<PublishedRulebook> History => _history.All;

    /// <summary>Completes when the last baseline has moved all its customers.</summary>
    public Task Moving { get; private set; } = Task.CompletedTask;

    public async Task Resume(Instant asOf)
    {
        if (_history.Latest is null) return;
        var latest = await Read();

        // An interrupted publication is decided again under the rules that were in force before it.
        if (_inForce is not null && !services.Rules.IsPublished) await services.Synchronizer.Adopt(_inForce, _history.All);
        if (stored.Baseline.Rulebook != latest.Number) await Enforce(latest, asOf);
        else await Announce();
        Continue();
        var known = stored.Baseline.Cuts.Select(cutoffs => cutoffs.Measure).ToHashSet();
        if (Rulebook.Measures.Any(measure => !known.Contains(measure.Id))) await PublishBaseline(asOf);
    }

    /// <summary>Resumes an interrupted publication: one that was stored but perhaps reached no silo, or one that was moving customers.</summary>
    public void Continue()
    {
        if (!Moving.IsCompleted || _inForce is null) return;
        if (stored.Baseline.Moving is { } before) Begin(before);
        else if (!_isAnnounced) Moving = Repeat(Announce);
    }

    public async Task<PublishedRulebook> Publish(Publication publication)
    {
        var published = _history.Answered(publication);
        if (published is null)
        {
            published = _history.Add(publication, services.Clock.Now);
            await stored.WriteRulebooks();
        }

        // The latest rulebook may be stored and not in force yet, because its publication was interrupted: it resumes here.
        if (published.Number == _history.Latest!.Number && stored.Baseline.Rulebook != published.Number)
            await Enforce(published, new Instant(published.PublishedAt));
        else if (!_isAnnounced) await Announce();
        return published;
    }

    /// <summary>Wakes all customers who are due, so that a <see cref="PublishBaseline(Instant)"/> that follows finds few.</summary>
    public Task WakeDue(Instant asOf) => Moving.IsCompleted && _inForce is not null && services.Rules.IsPublished
        ? services.Population.Prepare(asOf, leaving) : Task.CompletedTask;

    public Task<int> PublishBaseline(Instant asOf) => PublishBaseline(asOf, anew: null);

    public async Task<RefreezeReply> Refreeze(string scheme, Instant asOf)
    {
        if (Rulebook.Find(scheme) is not { } found) return new RefreezeReply(RefreezeOutcome.UnknownScheme, stored.Baseline.Number);
        if (found.Definition.Baseline is not FrozenPolicy policy) return new RefreezeReply(RefreezeOutcome.NotFrozen, stored.Baseline.Number);
        await Moving.WaitAsync(leaving);
        return new RefreezeReply(RefreezeOutcome.Frozen, await PublishBaseline(asOf, policy));
    }

    public void Dispose() => _writing.Dispose();

    private Rulebook Rulebook => services.Rules.Value.Rulebook;

    private async Task<PublishedRulebook> Read()
    {
        var latest = _history.Latest!;
        var tolerated = RulebookFiles.Compile(latest.Files, services.Currency).Faults;
        if (tolerated.Count > 0) StaysInForce(logger, latest.Number, string.Join("; ", tolerated));
        if (_history.AddReading(services.Clock.Now) is not { } reading) return latest;

        // All customers migrate to this build's reading; layers stored under the earlier reading keep their meaning.
        await stored.WriteRulebooks();
        return reading;
    }

    /// <summary>
    /// Puts a rulebook in force together with its baseline: existing cut-offs stay, those of new measures are derived from the whole population.
    /// Deadlines up to now are decided by the rules in force until now.
    /// </summary>
    private async Task Enforce(PublishedRulebook published, Instant asOf)
    {
        var compiled = published.ToRulebook(services.Currency);
        var population = services.Population;
        var state = stored.Baseline;
        var cutoffs = state.Cuts;
        if (services.Rules.IsPublished)
        {
            await population.Reach(services.Ledger.CommitHead, leaving);
            await population.AdvanceTo(asOf, leaving);
            await population.Learn(published.Files, leaving);
            cutoffs = await _cutoffs.Complete(compiled, state.Cuts, asOf);
        }
        else
        {
            // The population is empty before the first rulebook. Or the build that wrote the ledger did not store the rules in force.
            cutoffs = [.. compiled.Measures.Select(measure => KnownCutoffs.Find(state.Cuts, measure, compiled.TopsOf(measure))).OfType<Cutoffs>()];
        }

        if (services.Rules.IsPublished && !CutoffDerivation.Alike(state.Cuts, cutoffs) && (await population.Status()).Customers > 0)
            (state.Number, state.AsOf, state.Cuts, state.Moving) = (state.Number + 1, asOf.Milliseconds, cutoffs, null);
        state.Rulebook = published.Number;
        await WriteEpoch();
        try
        {
            await Announce();
        }
        finally
        {
            Continue();
        }
    }

    /// <param name="asOf">The instant of the present population.</param>
    /// <param name="anew">The policy of frozen measures that are derived again now; null: none.</param>
    private async Task<int> PublishBaseline(Instant asOf, FrozenPolicy? anew)
    {
        var state = stored.Baseline;

        // Before the first rulebook is in force the partitions cannot answer, and the call that puts it in force would wait behind this one.
        if (!Moving.IsCompleted || _inForce is null) return state.Number;
        await services.Synchronizer.Adopt(state.Epoch);
        await services.Population.Reach(services.Ledger.CommitHead, leaving);

        // Deadlines up to that instant are worked off first, so that the population is that of the instant.
        var marks = await services.Population.Prepare(asOf, leaving);
        var (rulebook, before) = (Rulebook, state.Cuts);
        var cutoffs = await _cutoffs.Derive(rulebook, before, marks, asOf, anew);
        if (CutoffDerivation.Alike(before, cutoffs))
        {
            if (CutoffDerivation.AreConfirmed(rulebook, before, cutoffs)) await Confirm(cutoffs);
            _cutoffs.AreInForce();
            return state.Number;
        }

        (state.Number, state.AsOf, state.Cuts, state.Moving) = (state.Number + 1, asOf.Milliseconds, cutoffs, before);
        await WriteEpoch();
        _cutoffs.AreInForce();
        try
        {
            await Announce();
        }
        finally
        {
            // The publication is stored, so it must go on even without the announcement: the next publication would not know which customers this one
            // moves.
            Begin(before);
        }

        return state.Number;
    }

    /// <summary>
    /// Called when newly derived cut-offs equal those in force: publishes nothing, but stores the instant, from which they are due next.
    /// </summary>
    private async Task Confirm(IReadOnlyList<Cutoffs> cutoffs)
    {
        stored.Baseline.Cuts = cutoffs;
        await WriteEpoch();
        await Tell();
        _isAnnounced = true;
    }

    private void Begin(IReadOnlyList<Cutoffs> before)
    {
        var change = new CutoffChange(stored.Baseline.Epoch, before, stored.Baseline.Cuts);
        Moving = Repeat(() => Move(change));
    }

    /// <summary>Moves the customers whom the two sets of cut-offs decide differently.</summary>
    private async Task Move(CutoffChange change)
    {
        try
        {
            // No commit under earlier rules can follow. Earlier commits must reach the partitions before the partitions select the customers to move.
            if (!_isAnnounced) await Announce();
            await services.Rules.Published.WaitAsync(leaving);
            await services.Population.Reach(services.Ledger.CommitHead, leaving);
            await services.Population.Move(change, leaving);
            if (!ReferenceEquals(stored.Baseline.Moving, change.Before)) return;
            stored.Baseline.Moving = null;
            await WriteBaseline();
        }
        catch (Exception) when (!leaving.IsCancellationRequested)
        {
            stored.Baseline.Moving = change.Before;
            throw;
        }
    }

    /// <summary>Repeats the work until it succeeds.</summary>
    private async Task Repeat(Func<Task> work)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception exception) when (!leaving.IsCancellationRequested)
            {
                CouldNotMove(logger, CallFailures.LevelOf(exception), exception);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(GridLimits.RetryMilliseconds), services.Machine, leaving);
        }
    }

    private async Task WriteEpoch()
    {
        stored.Baseline.Epoch++;
        _isAnnounced = false;
        await WriteBaseline();
        _inForce = stored.Baseline.InForce;
    }

    private async Task WriteBaseline()
    {
        await _writing.WaitAsync();
        try
        {
            await stored.WriteBaseline();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Fences earlier epochs: from here on no commit under them succeeds, and this silo decides by these rules.</summary>
    private async Task Announce()
    {
        var epoch = await services.Ledger.Fence(_inForce!.Epoch);
        if (epoch > _inForce.Epoch)
        {
            // The ledger has a later epoch than the stored state, for instance after a restore: the rules get an epoch after the ledger's.
            stored.Baseline.Epoch = epoch;
            await WriteEpoch();
            await services.Ledger.Fence(_inForce.Epoch);
        }

        await Tell();
        _isAnnounced = true;
    }

    private async Task Tell()
    {
        await services.Synchronizer.Adopt(_inForce!, _history.All);
        await announce(_inForce!);
    }

    [LoggerMessage(Message = "Customers could not be moved to the rules in force; retrying.")]
    private static partial void CouldNotMove(ILogger logger, LogLevel level, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Rulebook #{Number} stays in force, though this version would refuse to publish it; mend it with the next publication: {Faults}")]
    private static partial void StaysInForce(ILogger logger, int number, string faults);
}
