using SQLitePCL;

namespace Grid.Ledger.Sqlite;

/// <summary>One connection and its prepared statements. Used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    /// <summary>Twelve customers a page; a page is written whole.</summary>
    public const int PageBytes = 8192;

    /// <summary>Another connection holds the lock only while it restarts the write-ahead log, which takes microseconds.</summary>
    private const int BusyMilliseconds = 5_000;

    /// <summary>Short, because scans can hold the log for long, and the lane must not wait for them.</summary>
    private const int BusyMillisecondsWhileTruncating = 50;

    private const int StatusPagesWritten = 9;
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle) => _handle = handle;

    public static Database Open(string path, bool readOnly)
    {
        var flags = readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            var failure = SqliteFailure.From(code, null, $"opening {path}");
            handle.Dispose();
            throw failure;
        }

        _ = raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        return new Database(handle);
    }

    /// <summary>The settings that every writing connection needs.</summary>
    public static string WriterSettings(LedgerLimits limits) =>
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0; "
        + $"PRAGMA max_page_count = {limits.FileBytesMax / PageBytes}";

    /// <summary>The statement of the file Sql/<paramref name="name"/>.sql, ready to be bound.</summary>
    public Statement Of(string name)
    {
        if (!_statements.TryGetValue(name, out var statement)) _statements.Add(name, statement = Prepare(name, SqlFiles.Sqlite.Of(name)));
        return statement;
    }

    /// <summary>Runs statements without rows and parameters.</summary>
    public void Execute(string sql) => Execute(sql, $"running '{sql}'");

    /// <param name="what">Names the operation in the message of a failure.</param>
    public void Execute(string sql, string what) => SqliteFailure.Check(raw.sqlite3_exec(_handle, sql), _handle, what);

    /// <summary>Registers a function for the statements of this connection. It is pure and has one argument.</summary>
    public void Define(string name, Action<sqlite3_context, sqlite3_value> function)
    {
        var code = raw.sqlite3_create_function(
            _handle, name, 1, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null, (context, _, arguments) => function(context, arguments[0]));
        SqliteFailure.Check(code, _handle, $"defining '{name}'");
    }

    public long Number(string sql)
    {
        using var statement = Prepare(sql, sql);
        return statement.Number();
    }

    public void Begin() => Fixed("BEGIN IMMEDIATE").Run();

    /// <summary>Begins a read-only transaction; its first statement takes the snapshot.</summary>
    public void BeginReading() => Fixed("BEGIN").Run();

    public void Commit() => Fixed("COMMIT").Run();

    /// <summary>Rolls back a failed transaction. After some failures SQLite has already done so itself.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_handle) == 0) _ = raw.sqlite3_exec(_handle, "ROLLBACK");
    }

    /// <summary>Ends the transaction that a reader left open, so that it holds no snapshot back.</summary>
    public void Release()
    {
        foreach (var statement in _statements.Values) statement.Reset();
        Rollback();
    }

    /// <summary>Moves pages of the write-ahead log into the file. False when readers or writers prevented some moves.</summary>
    public bool MoveWriteAhead(bool truncate, out int pagesLeft)
    {
        var mode = truncate ? raw.SQLITE_CHECKPOINT_TRUNCATE : raw.SQLITE_CHECKPOINT_PASSIVE;
        if (truncate) _ = raw.sqlite3_busy_timeout(_handle, BusyMillisecondsWhileTruncating);
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", mode, out var pages, out var moved);
        if (truncate) _ = raw.sqlite3_busy_timeout(_handle, BusyMilliseconds);
        pagesLeft = pages - moved;
        if ((code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED) return false;
        SqliteFailure.Check(code, _handle, "moving the write-ahead log");
        return pagesLeft <= 0;
    }

    /// <summary>Pages this connection wrote since the last call.</summary>
    public int TakePagesWritten()
    {
        _ = raw.sqlite3_db_status(_handle, StatusPagesWritten, out var pages, out _, 1);
        return pages;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _handle.Dispose();
    }

    private Statement Fixed(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement)) _statements.Add(sql, statement = Prepare(sql, sql));
        return statement;
    }

    private Statement Prepare(string name, string sql)
    {
        var code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        SqliteFailure.Check(code, _handle, $"preparing '{name}'");
        return new Statement(_handle, statement, name);
    }
}
