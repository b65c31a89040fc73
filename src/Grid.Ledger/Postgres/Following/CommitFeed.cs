using Grid.Ledger.Log;

namespace Grid.Ledger.Postgres.Following;

/// <summary>
/// The end of the log as this process knows it, in memory for each lane. A lane publishes the batches that it wrote; batches that another process
/// wrote in between come from the database by the follower. Either way each batch is published once, and the batches of a lane in their order.
/// </summary>
internal sealed class CommitFeed
{
    private readonly RecentLog[] _recent;

    // Guards the writes of the fields below.
    private readonly Lock _gate = new();
    private readonly long[] _pages;
    private volatile LogPosition _head = LogPosition.Start;
    private TaskCompletionSource? _moved;

    public CommitFeed(int lanes, LedgerLimits limits)
    {
        _pages = new long[lanes];
        _recent = [.. Enumerable.Range(0, lanes).Select(_ => new RecentLog(Math.Max(1, limits.RecentTransitionsMax / lanes)))];
    }

    public LogPosition Head => _head;

    /// <summary>The last published batch of each lane.</summary>
    public CommitPosition CommitHead
    {
        get
        {
            Span<long> pages = stackalloc long[_pages.Length];
            for (var lane = 0; lane < pages.Length; lane++) pages[lane] = Volatile.Read(ref _pages[lane]);
            return new CommitPosition(pages);
        }
    }

    public AsyncSignal Signal { get; } = new();

    public RecentLog Recent(int lane) => _recent[lane];

    /// <summary>Sets the position from which this process follows. Called once, before anything is published.</summary>
    public void Start(IReadOnlyList<(long Page, long Head)> lanes)
    {
        lock (_gate)
        {
            for (var lane = 0; lane < lanes.Count; lane++)
            {
                _pages[lane] = lanes[lane].Page;
                _recent[lane].Publish(lanes[lane].Head);
            }

            _head = new LogPosition([.. lanes.Select(lane => lane.Head)]);
        }
    }

    /// <summary>The number of the last published batch of each lane.</summary>
    public long[] Pages()
    {
        lock (_gate) return [.. _pages];
    }

    /// <summary>Publishes the batch if it is the next of its lane; false if it is not.</summary>
    public bool Publish(LoggedBatch batch)
    {
        lock (_gate)
        {
            if (batch.Page != _pages[batch.Lane] + 1) return false;
            var recent = _recent[batch.Lane];
            if (batch.Erased is { } erased) recent.Rename(erased.Customer, erased.Name, batch.Last);
            for (var index = 0; index < batch.Transitions.Count; index++) recent.Put(batch.Transitions[index]);
            recent.Publish(batch.Last);
            Volatile.Write(ref _pages[batch.Lane], batch.Page);
            if (batch.Transitions.Count > 0) _head = _head.With(batch.Lane, batch.Last);
            _moved?.TrySetResult();
            _moved = null;
        }

        Signal.Set();
        return true;
    }

    /// <summary>Completes when all batches up to these have been published.</summary>
    public async Task Reach(long[] pages, CancellationToken cancellation)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (Covers(_pages, pages)) return;
                moved = (_moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await moved.WaitAsync(cancellation);
        }
    }

    private static bool Covers(long[] pages, long[] others)
    {
        for (var lane = 0; lane < pages.Length; lane++)
            if (pages[lane] < others[lane])
                return false;
        return true;
    }
}
