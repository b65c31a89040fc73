using System.Net.Sockets;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>Translates exceptions of Npgsql into failures of the ledger.</summary>
internal static class PostgresFailure
{
    public static LedgerException From(Exception failure, string what) => failure switch
    {
        LedgerException known => known,
        PostgresException refused => From(refused, what),
        InvalidDataException => Permanent($"The database holds damaged data, found while {what}: {failure.Message}", failure),
        NpgsqlException or TimeoutException or IOException or SocketException =>
            Temporary($"The database cannot be reached while {what}: {failure.Message}", failure),
        _ => Permanent($"The ledger failed while {what}: {failure.Message}", failure),
    };

    /// <summary>
    /// Whether the connection ended before an answer came. The outcome of the statement is then unknown: a server that is shut down may end the
    /// connection after it has committed.
    /// </summary>
    public static bool IsLost(Exception failure) => failure switch
    {
        PostgresException refused => refused.InvariantSeverity is "FATAL" or "PANIC" || refused.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException or TimeoutException or IOException or SocketException => true,
        _ => false,
    };

    /// <summary>
    /// Whether a server that had accepted the connection closed it. That server may accept the next connection at once, unlike one that refuses
    /// connections, is shut down or does not answer.
    /// </summary>
    public static bool IsEnded(NpgsqlException failure) => failure switch
    {
        PostgresException refused => refused.SqlState == PostgresErrorCodes.AdminShutdown,
        { InnerException: IOException } => true,
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown } } => true,
        _ => false,
    };

    /// <summary>A deadlock or a serialization failure: the server rolled the transaction back, and it may be retried at once.</summary>
    public static bool IsCollision(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <summary>The server has become read-only. Another may be the primary now, which only a new connection finds.</summary>
    public static bool IsReadOnly(Exception failure) => failure is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    /// <summary>The batch got no number: one of its rows was not at the expected version, or its rules are outdated.</summary>
    public static bool IsRefusal(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.NotNullViolation, TableName: "groups", ColumnName: "page" };

    private static LedgerException From(PostgresException refused, string what)
    {
        var detail = $"{refused.MessageText} (SQLSTATE {refused.SqlState})";
        return refused.SqlState switch
        {
            PostgresErrorCodes.DiskFull => Temporary($"The database's disk is full while {what}: {detail}", refused),
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                Temporary($"The database takes no writes now, as a standby or during a failover, while {what}: {detail}", refused),
            PostgresErrorCodes.TooManyConnections =>
                Temporary($"The database has no connection free while {what}: {detail}", refused),
            _ when IsTemporary(refused.SqlState) => Temporary($"The database failed for now while {what}: {detail}", refused),
            _ => Permanent($"The database refused {what}: {detail}", refused),
        };
    }

    /// <summary>
    /// Connection exceptions (08), rolled back transactions (40), insufficient resources (53), a state or lock that is in the way (55),
    /// intervention of an operator (57) and errors of the system (58).
    /// </summary>
    private static bool IsTemporary(string state) => state[..2] is "08" or "40" or "53" or "55" or "57" or "58";

    private static LedgerException Temporary(string message, Exception inner) => new(FailureKind.Temporary, message, inner);

    private static LedgerException Permanent(string message, Exception inner) => new(FailureKind.Permanent, message, inner);
}
