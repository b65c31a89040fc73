using System.Runtime.CompilerServices;
using Grid.Ledger;

namespace Grid.Api.Transitions;

/// <summary>
/// The log for one client, read at the client's own position: the next page is read when the client has taken the last one, so that a slow client
/// costs no memory but its position.
/// </summary>
internal sealed class TransitionStream(ILedger ledger, LatestTransitions latest, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(ApiLimits.FrameIntervalMilliseconds);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(ApiLimits.HeartbeatMilliseconds);

    /// <param name="filter">The transitions to send. The positions of frames also advance past other transitions.</param>
    /// <param name="after">A position not after the end of the log; null: the latest transitions, then new ones.</param>
    /// <param name="cancellation">Ends the stream.</param>
    public async IAsyncEnumerable<TransitionsFrame> Frames(
        TransitionFilter filter, LogPosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var position = after ?? LogPosition.Start;
        long? sentAt = null;
        if (after is null)
        {
            (var items, position) = await latest.Read(filter, cancellation);
            sentAt = time.GetTimestamp();
            yield return new TransitionsFrame(position.ToString(), 0, items);
        }

        while (true)
        {
            var moved = ledger.Signal.Next();
            var readAt = time.GetTimestamp();
            var page = await ledger.Tail(position, ApiLimits.FeedPageMax, cancellation);
            var items = new List<TransitionView>();
            position = filter.Collect(page, position, items);

            // The first frame is sent at once, even empty, so that the client has a position to continue after.
            if (items.Count > 0 || sentAt is null || time.GetElapsedTime(sentAt.Value) >= Heartbeat)
            {
                sentAt = time.GetTimestamp();
                yield return new TransitionsFrame(position.ToString(), 0, items);
            }

            if (page.Items.Count == ApiLimits.FeedPageMax) continue;
            if (position.Covers(ledger.Head))
                await moved.WaitAsync(Heartbeat, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
            var early = Interval - time.GetElapsedTime(readAt);
            if (early > TimeSpan.Zero) await Task.Delay(early, time, cancellation);
        }
    }
}
