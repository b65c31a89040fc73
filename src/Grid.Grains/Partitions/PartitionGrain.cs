using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Time;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Grid.Grains.Partitions;

/// <summary>
/// Hosts a <see cref="Partition"/>. Its calls interleave at their awaits, so that commits are taken in while customers are woken; between
/// awaits the runtime lets one run at a time.
/// </summary>
[KeepAlive, Reentrant, HashBasedPlacement]
public sealed class PartitionGrain : Grain, IPartitionGrain, IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(GridLimits.LongCallSeconds);
    private readonly Leaving _leaving;
    private readonly PartitionServices _services;
    private readonly Partition _partition;

    // Work that outlasts a call: it goes on while callers ask again.
    private readonly OngoingWork<CutoffChange> _moves;
    private readonly OngoingWork<string> _lessons;
    private readonly OngoingWork<Instant> _advances;
    private readonly OngoingWork<Instant> _preparations;
    private Task _running = Task.CompletedTask;

    public PartitionGrain(PartitionServices services, SiloStop stop, ILogger<PartitionGrain> logger)
    {
        _services = services;
        _leaving = new Leaving(stop);
        _partition = new Partition(Number, GrainContext.ActivationId.ToString(), services, logger);
        (_moves, _lessons) = (new(services.Machine), new(services.Machine));
        (_advances, _preparations) = (new(services.Machine), new(services.Machine));
    }

    private int Number => (int)this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _services.Local.Add(Number, _partition);
        _running = _partition.Run(_leaving.Token);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _services.Local.Remove(Number, _partition);
        await _leaving.Begin();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        _partition.Dispose();
        _leaving.Dispose();
    }

    public async Task<string> Position() => (await _leaving.Call(_partition.Position(_leaving.Token))).ToString();

    public Task Apply(CommitStretch stretch) =>
        _leaving.Call(_partition.Apply(
            CommitPosition.Parse(stretch.After), CommitPosition.Parse(stretch.UpTo), stretch.Customers, _leaving.Token));

    public Task Refill()
    {
        // The position is noted before the first wait; the rows are read in the background.
        _partition.Refill(_leaving.Token).Ignore();
        return Task.CompletedTask;
    }

    public Task<PartitionStatus> Status() => Task.FromResult(_partition.Status());

    public Task<IReadOnlyList<RulebookCounts>> Counts(string scheme) => _leaving.Call(_partition.Counts(scheme, _leaving.Token));

    public Task<bool> Learn(IReadOnlyList<SchemeSource> files) =>
        _leaving.Call(_lessons.Continue(RulebookFiles.KeyOf(files), () => _partition.Learn(files, _leaving.Token), AnswerWithin));

    public async Task<IReadOnlyList<MeasureMark>?> Prepare(Instant asOf) =>
        await _leaving.Call(_preparations.Continue(asOf, () => _partition.Prepare(asOf, _leaving.Token), AnswerWithin))
            ? _partition.Marks()
            : null;

    public Task<IReadOnlyList<MeasureValues>> Values(IReadOnlyList<MeasureRequest> requests) => _leaving.Call(_partition.Values(requests, _leaving.Token));

    public Task<bool> Move(CutoffChange change) =>
        _leaving.Call(_moves.Continue(
            change, static (one, other) => one.Edition == other.Edition, () => _partition.Move(change, _leaving.Token), AnswerWithin));

    public Task<bool> AdvanceTo(Instant until) =>
        _leaving.Call(_advances.Continue(until, () => _partition.AdvanceTo(until, _leaving.Token), AnswerWithin));
}
