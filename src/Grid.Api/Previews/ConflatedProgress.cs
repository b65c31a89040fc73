using System.Runtime.CompilerServices;
using Grid.Grains.Populations;

namespace Grid.Api.Previews;

/// <summary>Keeps only the latest progress, so that a slow reader delays nothing.</summary>
internal sealed class ConflatedProgress : IProgress<ScanStep>
{
    private readonly Lock _gate = new();
    private ScanStep? _unread;

    public void Report(ScanStep value)
    {
        lock (_gate) _unread = value;
    }

    /// <summary>Yields the latest progress at intervals until the work has ended.</summary>
    public async IAsyncEnumerable<ScanStep> Until(
        Task working, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!working.IsCompleted)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var waiting = Task.Delay(TimeSpan.FromMilliseconds(ApiLimits.ProgressIntervalMilliseconds), time, ended.Token);
            await Task.WhenAny(working, waiting);
            await ended.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            if (Take() is { } progress) yield return progress;
        }
    }

    private ScanStep? Take()
    {
        lock (_gate)
        {
            var unread = _unread;
            _unread = null;
            return unread;
        }
    }
}
