using Npgsql;

namespace Grid.Ledger.Postgres.Lanes;

/// <summary>The connection of one lane, opened on demand and dropped after it broke. Only the lane uses it.</summary>
internal sealed class LaneConnection(Database database, int lane, long writer, TimeProvider time) : IDisposable
{
    /// <summary>For this long after a failed attempt to connect, further attempts fail at once instead of waiting too.</summary>
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
            // The connection is broken, which is why it is dropped.
        }

        (_connection, _statement) = (null, null);
        database.LookAgain();
    }

    /// <summary>Drops a connection that is no longer usable.</summary>
    public void DropWhenBroken()
    {
        if (_connection is not { State: System.Data.ConnectionState.Open }) Drop();
    }

    public void Dispose() => Drop();
}
