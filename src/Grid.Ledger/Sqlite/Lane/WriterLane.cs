using Grid.Ledger.Lanes;
using Grid.Ledger.Log;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>
/// The one writer of the file: a thread that takes the waiting items, writes them as one transaction and answers the callers. Between batches it does
/// work that needs a moment without a transaction, and slices of a checkpoint.
/// </summary>
internal sealed class WriterLane
{
    private readonly Database _database;
    private readonly LaneQueue _queue;
    private readonly BatchWriter _writer;
    private readonly Checkpoint _checkpoint;
    private readonly WriteAhead _writeAhead;
    private readonly MemTable _memTable;
    private readonly RecentLog _recent;
    private readonly CommitLog _commits;
    private readonly LedgerLimits _limits;
    private readonly TimeProvider _time;
    private readonly LedgerStatistics _statistics;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Only the lane uses the fields below.
    private readonly CommitBatch _batch = new();
    private BetweenWork? _between;

    public WriterLane(
        Database database,
        LaneQueue queue,
        BatchWriter writer,
        Checkpoint checkpoint,
        WriteAhead writeAhead,
        MemTable memTable,
        RecentLog recent,
        CommitLog commits,
        SqliteLedgerOptions options,
        LedgerStatistics statistics)
    {
        (_database, _queue, _writer, _checkpoint, _writeAhead) = (database, queue, writer, checkpoint, writeAhead);
        (_memTable, _recent, _commits, _limits, _time, _statistics) = (memTable, recent, commits, options.Limits, options.Time, statistics);
    }

    /// <summary>Completes when the queue is closed and all its items are answered.</summary>
    public Task Ended => _ended.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "ledger lane" }.Start();

    private void Run()
    {
        try
        {
            while (Gather())
            {
                if (!_batch.IsEmpty) WriteBatch();
                _between?.Run(_database);
                _between = null;
                Tidy();
            }

            _ended.TrySetResult();
        }
        catch (Exception failure)
        {
            // An unexpected exception is a bug; the callers must still be answered.
            Abandon(failure);
            _ended.TrySetException(failure);
        }
    }

    /// <summary>Fills the batch from the queue, up to its limits. Blocks while the queue is empty and the lane has no work of its own.</summary>
    private bool Gather()
    {
        _batch.Clear();
        if (!_checkpoint.Ready && !_writeAhead.Ready && !_queue.Wait()) return false;
        long bytes = 0;
        while (_between is null && _batch.Commits.Count + _batch.Works.Count < _limits.BatchChangesMax && bytes < _limits.BatchBytesMax)
        {
            var item = _queue.Take();
            if (item is null) break;
            switch (item)
            {
                case PendingCommit commit:
                    _batch.Commits.Add(commit);
                    bytes += commit.Change.Delta.Length;
                    break;
                case BatchWork work:
                    _batch.Works.Add(work);
                    break;
                case BetweenWork between:
                    _between = between;
                    break;
            }
        }

        return true;
    }

    private void WriteBatch()
    {
        try
        {
            if (_checkpoint is { Behind: true, Failure: { } reason })
                throw new LedgerException(reason.Kind, $"The journal is full because rows cannot be written. {reason.Message}", reason);
            _writer.Write(_batch);
        }
        catch (LedgerException failure)
        {
            _statistics.FailedBatch();
            _batch.Fail(failure);
            return;
        }

        Publish();
        Keep();
        Answer();
    }

    private void Publish()
    {
        var current = _memTable.Current;
        var sequence = _recent.Head;
        foreach (var change in _batch.Changes)
        {
            current.Put(change.Customer, new MemTableRow(change.Version, change.State, change.DueAt));
            for (var index = 0; index < change.Transitions.Count; index++)
                _recent.Put(new LoggedTransition(0, ++sequence, change.Transitions[index]));
        }

        _recent.Publish(sequence);
    }

    /// <summary>Publishes the batch to the log's readers.</summary>
    private void Keep()
    {
        if (_batch.Changes.Count == 0) return;
        var customers = new CommittedCustomer[_batch.Changes.Count];
        for (var index = 0; index < customers.Length; index++) customers[index] = CommittedCustomer.From(_batch.Changes[index]);
        _commits.Add(customers, _recent.Head);
    }

    private void Answer()
    {
        var committed = new Committed(new LogPosition(_recent.Head));
        var now = _time.GetTimestamp();
        foreach (var commit in _batch.Accepted)
        {
            _statistics.Latency(_time.GetElapsedTime(commit.Since, now));
            commit.Succeed(committed);
        }

        foreach (var (commit, answer) in _batch.Refused) commit.Succeed(answer);
        foreach (var work in _batch.Works) work.Succeed();
    }

    private void Tidy()
    {
        _checkpoint.StartWhenDue();
        if (_checkpoint.Ready) _checkpoint.Slice();

        // Commits wait here when the checkpoint cannot write rows as fast as changes arrive.
        while (_checkpoint is { Behind: true, Failure: null })
        {
            if (_checkpoint.Ready) _checkpoint.Slice();
            else _checkpoint.WaitForSorting();
        }

        _writeAhead.Tend();
        var view = _memTable.Now;
        _statistics.MemTable(view.Current.Count + (view.Frozen?.Count ?? 0), view.Current.Bytes + (view.Frozen?.Bytes ?? 0));
    }

    private void Abandon(Exception failure)
    {
        var reason = SqliteFailure.From(failure, "running the lane");
        _queue.Close();
        _batch.Fail(reason);
        _between?.Fail(reason);
        while (_queue.Take() is { } item) item.Fail(reason);
    }
}
