using Npgsql;

namespace Grid.Ledger.Postgres.Lanes;

/// <summary>The connection of one lane, opened when it is needed and dropped when it broke. Only the lane touches it.</summary>
internal sealed class LaneConnection(Database database, int lane, long writer, TimeProvider time) : IDisposable
{
    /// <summary>After a failure to connect, others fail with it at once instead of waiting for the same.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(200);
    private NpgsqlConnection? _connection;
    private BatchStatement? _statement;
    private LedgerException? _failure;
    private long _failedAt;

    /// <exception cref="LedgerException">No connection could be opened.</exception>
    public BatchStatement Statement()
    {
        if (_statement is not null) return _statement;
        if (_failure is not null && time.GetElapsedTime(_failedAt) < PauseAfterFailure) throw _failure;
        try
        {
            _connection = database.OpenOwn();
            _failure = null;
            return _statement = new BatchStatement(database, _connection, lane, writer);
        }
        catch (Exception failure)
        {
            _failure = PostgresFailure.From(failure, "connecting");
            _failedAt = time.GetTimestamp();
            throw _failure;
        }
    }

    public void Drop()
    {
        if (_connection is null) return;
        try
        {
            _statement?.Dispose();
        }
        catch (NpgsqlException)
        {
            // It is broken, which is why it is dropped.
        }

        (_connection, _statement) = (null, null);
        database.LookAgain();
    }

    /// <summary>Drops a connection that can no longer be used.</summary>
    public void DropWhenBroken()
    {
        if (_connection is not { State: System.Data.ConnectionState.Open }) Drop();
    }

    public void Dispose() => Drop();
}
