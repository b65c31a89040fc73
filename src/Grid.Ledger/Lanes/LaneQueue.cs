using System.Threading.Channels;

namespace Grid.Ledger.Lanes;

/// <summary>The bounded queue of a lane; a caller that finds it full waits for room. Many threads write, the lane reads.</summary>
internal sealed class LaneQueue(int waitingMax)
{
    // Synchronous continuations are safe here. The lane blocks while it waits, so a writer that wakes it inline only sets an event; a writer that
    // waits for room only continues to wait for its answer. Neither runs a caller's code on the other's thread.
    private readonly Channel<LaneItem> _items = Channel.CreateBounded<LaneItem>(
        new BoundedChannelOptions(waitingMax) { SingleReader = true, AllowSynchronousContinuations = true });

    // Set when an item was added or the queue was closed.
    private readonly ThreadSignal _wake = new();

    public bool TryAdd(LaneItem item) => _items.Writer.TryWrite(item);

    /// <exception cref="ObjectDisposedException">The ledger is closed.</exception>
    public async ValueTask Add(LaneItem item)
    {
        try
        {
            await _items.Writer.WriteAsync(item);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(ILedger), "The ledger is closed.");
        }
    }

    /// <summary>The next item; null when the queue is empty.</summary>
    public LaneItem? Take() => _items.Reader.TryRead(out var item) ? item : null;

    /// <summary>Blocks the lane until the queue has an item; false when the queue is closed and empty.</summary>
    public bool Wait()
    {
        var waiting = _items.Reader.WaitToReadAsync();
        return waiting.IsCompletedSuccessfully ? waiting.GetAwaiter().GetResult() : Blocked(waiting);
    }

    public void Close() => _items.Writer.TryComplete();

    private bool Blocked(ValueTask<bool> waiting)
    {
        var awaiter = waiting.GetAwaiter();
        awaiter.UnsafeOnCompleted(_wake.Set);
        _wake.Wait();
        return awaiter.GetResult();
    }
}
