using System.Runtime.CompilerServices;
using Grid.Ledger;

namespace Grid.Api.Transitions;

/// <summary>
/// The log for one client, read at its own place: the next page is read when the client has taken the last, so that a slow one costs a
/// position and nothing more.
/// </summary>
internal sealed class TransitionStream(ILedger ledger, LatestTransitions latest, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(ApiLimits.FrameIntervalMilliseconds);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(ApiLimits.HeartbeatMilliseconds);

    /// <param name="filter">What is sent. The positions of frames move on with what is not.</param>
    /// <param name="after">A place in the log, not after its end; null: the latest, then what follows.</param>
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

            // The first frame comes at once, even empty, so that the client has a place to continue after.
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
