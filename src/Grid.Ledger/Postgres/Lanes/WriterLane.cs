using Grid.Ledger.Lanes;
using Grid.Ledger.Postgres.Following;

namespace Grid.Ledger.Postgres.Lanes;

/// <summary>
/// One writer of this process: a thread that takes the waiting commits, writes them as one transaction, publishes the batch and answers the callers.
/// It is a thread, because commits must not wait for a busy thread pool.
/// </summary>
internal sealed class WriterLane(
    int lane,
    LaneQueue queue,
    BatchWriter writer,
    CommitFeed publication,
    LogFollower follower,
    Notifications notices,
    LedgerLimits limits,
    TimeProvider time,
    LedgerStatistics statistics)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Only the lane uses the fields below.
    private readonly CommitBatch _batch = new();
    private readonly BatchPages _pages = new();
    private readonly List<PendingCommit> _next = [];
    private readonly List<LoggedTransition> _transitions = [];

    /// <summary>Completes when the queue is closed and all its items are answered.</summary>
    public Task Ended => _ended.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = $"ledger lane {lane}" }.Start();

    private void Run()
    {
        try
        {
            while (Gather()) WriteBatch();
            _ended.TrySetResult();
        }
        catch (Exception failure)
        {
            // An unexpected exception is a bug; the callers must still be answered.
            Abandon(failure);
            _ended.TrySetException(failure);
        }
    }

    /// <summary>Fills the batch from the queue, up to its limits. Blocks while the queue is empty.</summary>
    private bool Gather()
    {
        _batch.Clear();
        foreach (var commit in _next) _batch.Add(commit);
        var waited = _next.Count > 0;
        _next.Clear();
        if (!waited && !queue.Wait()) return false;
        long bytes = 0;
        while (_batch.Commits.Count + _batch.Deferred.Count < limits.BatchChangesMax && bytes < limits.BatchBytesMax)
        {
            if (queue.Take() is not PendingCommit commit) break;
            _batch.Add(commit);
            bytes += commit.Change.State.Length;
        }

        _batch.Sort();
        return true;
    }

    private void WriteBatch()
    {
        BatchNumbers? numbers;
        try
        {
            if (follower.Failure is { } failure) throw failure;
            numbers = writer.Write(_batch, _pages);
        }
        catch (Exception failure)
        {
            lock (statistics) statistics.FailedBatch();
            _batch.Fail(PostgresFailure.From(failure, "writing a batch"));
            return;
        }

        if (numbers is { } written) Publish(written);
        var conflicts = _batch.Settle(_next);
        lock (statistics)
            for (; conflicts > 0; conflicts--)
                statistics.Conflict();
    }

    private void Publish(BatchNumbers numbers)
    {
        _transitions.Clear();
        var sequence = numbers.Last - _pages.Count;
        foreach (var commit in _batch.Commits)
            for (var index = 0; index < commit.Change.Transitions.Count; index++)
                _transitions.Add(new LoggedTransition(lane, ++sequence, commit.Change.Transitions[index]));

        // Batches that other processes wrote in between come first; the follower reads all of them.
        if (!publication.Publish(new LoggedBatch(lane, numbers.Page, numbers.Last, _transitions))) follower.Nudge();
        notices.Committed();
        Answer(numbers);
    }

    private void Answer(BatchNumbers numbers)
    {
        var head = publication.Head;
        var committed = new Committed(head[lane] < numbers.Last ? head.With(lane, numbers.Last) : head);
        var now = time.GetTimestamp();
        lock (statistics)
        {
            statistics.Batch(_batch.Commits.Count, _pages.Count, _pages.Customers.Length, _pages.Transitions.Length);
            foreach (var commit in _batch.Commits) statistics.Latency(time.GetElapsedTime(commit.Since, now));
        }

        foreach (var commit in _batch.Commits) commit.Succeed(committed);
    }

    private void Abandon(Exception failure)
    {
        var reason = PostgresFailure.From(failure, "running a lane");
        queue.Close();
        foreach (var commit in _next) commit.Fail(reason);
        while (queue.Take() is { } item) item.Fail(reason);
    }
}
