using System.Data.Common;
using Grid.Ledger.Lanes;
using Grid.Ledger.Sqlite.Lane;
using Microsoft.Data.Sqlite;

namespace Grid.Ledger.Sqlite;

/// <summary>
/// Lends connections to the ledger's file one at a time, each while the lane pauses. Without the pause both would contend for SQLite's lock: under
/// load the lane holds it nearly always, and Microsoft.Data.Sqlite waits for it by sleeping on the caller's thread. See decision 0015.
/// </summary>
internal sealed class SqliteStates(SqliteLedgerOptions options, LaneQueue queue, Action<int> pagesWritten) : DbDataSource
{
    // Opened on demand: statements are few, and a pool would keep the file open after the ledger is closed.
    public override string ConnectionString { get; } =
        new SqliteConnectionStringBuilder { DataSource = options.Path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString;

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        var rest = new LanePause(TimeSpan.FromMilliseconds(options.Limits.LanePauseMillisecondsMax));
        var connection = new LeasedConnection(ConnectionString, pages =>
        {
            pagesWritten(pages);
            rest.End();
        });
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using (var command = connection.CreateCommand())
            {
                command.CommandText = Database.WriterSettings(options.Limits);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            await queue.Add(rest);
            await rest.Began.WaitAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
