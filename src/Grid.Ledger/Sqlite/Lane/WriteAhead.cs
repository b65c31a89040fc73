using Grid.Ledger.Lanes;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>
/// Keeps the write-ahead log short. SQLite itself would move its pages into the file in the middle of a commit. Here another thread and connection
/// moves them while the lane continues to write; the lane moves only the few pages written meanwhile, then the log starts over.
/// </summary>
internal sealed class WriteAhead : IDisposable
{
    private const int PagesTheLaneMoves = 512;
    private const int RoundsMax = 4;
    private readonly Database _database;
    private readonly Database _mover;
    private readonly LaneQueue _queue;
    private readonly long _pagesMax;

    // Only the lane uses the fields below.
    private Task<int>? _moving;
    private int _rounds;
    private long _pages;
    private bool _truncateDue;

    // Pages that other connections wrote since the lane last counted them.
    private long _pagesOfOthers;

    public WriteAhead(string path, Database database, LaneQueue queue, LedgerLimits limits)
    {
        _database = database;
        _queue = queue;
        _pagesMax = limits.WriteAheadBytesMax / Database.PageBytes;
        _mover = Database.Open(path, readOnly: false);
    }

    /// <summary>Whether the other thread has ended, so that the lane must finish the move.</summary>
    public bool Ready => _moving is { IsCompleted: true };

    /// <summary>Why the last move failed; null when it did not. It is retried when the log has grown by the same size again.</summary>
    public LedgerException? Failure { get; private set; }

    /// <summary>Counts what another connection has written to the log. Called from any thread.</summary>
    public void AddPages(int pages) => Interlocked.Add(ref _pagesOfOthers, pages);

    /// <summary>Starts or ends a move when it is time. Called between batches.</summary>
    public void Tend()
    {
        _pages += _database.TakePagesWritten() + Interlocked.Exchange(ref _pagesOfOthers, 0);
        if (_moving is null)
        {
            if (_truncateDue && _pages > 0) Truncate();
            if (_pages < _pagesMax) return;
            _rounds = 0;
            Move();
        }
        else if (_moving.IsCompleted)
        {
            Finish(_moving);
        }
    }

    /// <summary>Empties the log's file, so that no old data can be read from it; later, when a snapshot still uses it.</summary>
    public void Truncate() => _truncateDue = !_database.MoveWriteAhead(truncate: true, out _);

    public void Dispose()
    {
        // The lane has ended; the remaining work of the other thread is short.
        if (_moving is { IsCompleted: false }) ((IAsyncResult)_moving).AsyncWaitHandle.WaitOne();
        _mover.Dispose();
    }

    private void Move()
    {
        _rounds++;
        _pages = 0;
        _moving = Task.Run(() =>
        {
            _mover.MoveWriteAhead(truncate: false, out var left);
            return left;
        });
        _ = _moving.ContinueWith(_ => _queue.TryAdd(Nudge.Instance), TaskScheduler.Default);
    }

    private void Finish(Task<int> moved)
    {
        _moving = null;
        try
        {
            var left = moved.GetAwaiter().GetResult() + _pages;
            if (left > PagesTheLaneMoves && _rounds < RoundsMax)
            {
                Move();
                return;
            }

            // A snapshot may hold some pages back; they are moved the next time.
            _database.MoveWriteAhead(truncate: false, out _);
            Failure = null;
        }
        catch (LedgerException failure)
        {
            Failure = failure;
        }
    }
}
