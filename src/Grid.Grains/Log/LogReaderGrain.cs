using Grid.Grains.Segments;
using Grid.Ledger;

namespace Grid.Grains.Log;

/// <summary>Hosts the feeds of the partitions and the segments.</summary>
[KeepAlive]
public sealed class LogReaderGrain(LogReaderServices services, SiloLifetime silo) : Grain, ILogReaderGrain, IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(GridLimits.LongCallSeconds);
    private readonly ActivationLifetime _lifetime = new(silo);
    private readonly PartitionFeed _partitions = services.NewPartitionFeed();
    private readonly SegmentFeed _segments = services.NewSegmentFeed();
    private Task _running = Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(
            _partitions.Run(_lifetime.Stopping),
            services.FeedsSegments ? _segments.Run(_lifetime.Stopping) : Task.CompletedTask,
            services.Balance(_lifetime.Stopping));
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _lifetime.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        _segments.Dispose();
        _lifetime.Dispose();
    }

    public Task Touch() => Task.CompletedTask;

    public Task<bool> ReachPartitions(string position) =>
        InTime(patience => _partitions.WaitFor(CommitPosition.Parse(position), patience));

    public Task<bool> ReachSegments(string position) =>
        InTime(patience => _segments.WaitFor(LogPosition.Parse(position), patience));

    public Task<IReadOnlyList<SegmentSnapshot>> Counts(IReadOnlyList<string> schemes) =>
        _lifetime.Call(_segments.Counts(schemes, _lifetime.Stopping));

    public Task<string> SegmentPosition() => Task.FromResult(_segments.Position.ToString());

    private async Task<bool> InTime(Func<CancellationToken, Task> wait)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_lifetime.Stopping);
        patience.CancelAfter(AnswerWithin);
        var waiting = wait(patience.Token);
        await _lifetime.Call(Task.WhenAny(waiting).WaitAsync(_lifetime.Stopping));
        return waiting.IsCompletedSuccessfully;
    }
}
