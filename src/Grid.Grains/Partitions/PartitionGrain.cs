using Grid.Grains.Rules;
using Grid.Model.Time;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Grid.Grains.Partitions;

/// <summary>
/// Hosts a <see cref="Partition"/>. Its calls interleave at their awaits, so that commits are applied while customers are woken; between awaits the
/// runtime runs one call at a time.
/// </summary>
[KeepAlive, Reentrant, HashBasedPlacement]
public sealed class PartitionGrain : Grain, IPartitionGrain, IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(GridLimits.LongCallSeconds);
    private readonly ActivationLifetime _lifetime;
    private readonly PartitionServices _services;
    private readonly Partition _partition;

    // Work that outlasts a call: it continues while callers poll for it.
    private readonly PolledWork<CutoffChange> _moves;
    private readonly PolledWork<string> _lessons;
    private readonly PolledWork<Instant> _advances;
    private readonly PolledWork<Instant> _preparations;
    private Task _running = Task.CompletedTask;

    public PartitionGrain(PartitionServices services, SiloLifetime silo, ILogger<PartitionGrain> logger)
    {
        _services = services;
        _lifetime = new ActivationLifetime(silo);
        _partition = new Partition(Number, GrainContext.ActivationId.ToString(), services, logger);
        (_moves, _lessons) = (new(services.Machine), new(services.Machine));
        (_advances, _preparations) = (new(services.Machine), new(services.Machine));
    }

    private int Number => (int)this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _services.Local.Add(Number, _partition);
        _running = _partition.Run(_lifetime.Stopping);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _services.Local.Remove(Number, _partition);
        await _lifetime.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        _partition.Dispose();
        _lifetime.Dispose();
    }

    public async Task<string> Position() => (await _lifetime.Call(_partition.Position(_lifetime.Stopping))).ToString();

    public Task Apply(CommitStretch stretch) =>
        _lifetime.Call(_partition.Apply(stretch, _lifetime.Stopping));

    public Task Refill()
    {
        // The position is fixed before the first await; the rows are read in the background.
        _partition.Refill(_lifetime.Stopping).Ignore();
        return Task.CompletedTask;
    }

    public Task<PartitionStatus> Status() => Task.FromResult(_partition.Status());

    public Task<IReadOnlyList<RulebookCounts>> Counts(string scheme) => _lifetime.Call(_partition.Counts(scheme, _lifetime.Stopping));

    public Task<bool> Learn(IReadOnlyList<SchemeSource> files) =>
        _lifetime.Call(_lessons.Continue(RulebookFiles.KeyOf(files), () => _partition.Learn(files, _lifetime.Stopping), AnswerWithin));

    public async Task<IReadOnlyList<MeasureMark>?> Prepare(Instant asOf) =>
        await _lifetime.Call(_preparations.Continue(asOf, () => _partition.Prepare(asOf, _lifetime.Stopping), AnswerWithin))
            ? _partition.Marks()
            : null;

    public Task<IReadOnlyList<MeasureValues>> Values(IReadOnlyList<MeasureRequest> requests) => _lifetime.Call(_partition.Values(requests, _lifetime.Stopping));

    public Task<bool> Move(CutoffChange change) =>
        _lifetime.Call(_moves.Continue(
            change, static (one, other) => one.Epoch == other.Epoch, () => _partition.Move(change, _lifetime.Stopping), AnswerWithin));

    public Task<bool> AdvanceTo(Instant until) =>
        _lifetime.Call(_advances.Continue(until, () => _partition.AdvanceTo(until, _lifetime.Stopping), AnswerWithin));
}
