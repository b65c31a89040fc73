using System.Runtime.CompilerServices;
using Grid.Grains.Populations;

namespace Grid.Live.Previews;

/// <summary>Keeps the latest progress only, so that whoever reads slowly holds nothing up.</summary>
internal sealed class LatestProgress : IProgress<PassProgress>
{
    private readonly Lock _gate = new();
    private PassProgress? _unread;

    public void Report(PassProgress value)
    {
        lock (_gate) _unread = value;
    }

    /// <summary>What is the latest, now and then, until the work has ended.</summary>
    public async IAsyncEnumerable<PassProgress> Until(
        Task working, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!working.IsCompleted)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var waiting = Task.Delay(TimeSpan.FromMilliseconds(LiveLimits.ProgressIntervalMilliseconds), time, ended.Token);
            await Task.WhenAny(working, waiting);
            await ended.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            if (Take() is { } progress) yield return progress;
        }
    }

    private PassProgress? Take()
    {
        lock (_gate)
        {
            var unread = _unread;
            _unread = null;
            return unread;
        }
    }
}
