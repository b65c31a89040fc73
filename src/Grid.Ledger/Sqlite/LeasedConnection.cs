using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Grid.Ledger.Sqlite;

/// <summary>A connection that reports its closing and the number of pages it wrote.</summary>
internal sealed class LeasedConnection(string connectionString, Action<int> closed) : SqliteConnection(connectionString)
{
    private const int StatusPagesWritten = 9;
    private Action<int>? _closed = closed;

    public override void Close()
    {
        var pages = 0;
        if (Handle is { } handle) _ = raw.sqlite3_db_status(handle, StatusPagesWritten, out pages, out _, 0);
        base.Close();
        Interlocked.Exchange(ref _closed, null)?.Invoke(pages);
    }
}
