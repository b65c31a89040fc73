using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// Connections to the database. Writers and listeners keep one of their own; readers share a pool, and a read that meets a dead
/// connection, as after a restart of the server, is tried again on a new one.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int ReadAttemptsMax = 3;

    private readonly FailoverDataSource _pool;
    private readonly FailoverDataSource _own;
    private readonly int _confirmSeconds;
    private CancellationTokenSource _trust = new();

    // How often a connection broke, and how many of these are known to have left nothing behind that only this server has.
    private long _breaks;
    private long _confirmed;

    public Database(PostgresLedgerOptions options)
    {
        var settings = ConnectionSettings.From(options);
        _pool = new FailoverDataSource(settings);
        settings.Pooling = false;
        _own = new FailoverDataSource(settings);
        _confirmSeconds = options.Limits.UncertainSeconds;
    }

    /// <summary>The statement of the file Sql/<paramref name="name"/>.sql; its parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
    public static NpgsqlCommand Statement(NpgsqlConnection connection, string name, params ReadOnlySpan<NpgsqlParameter> arguments)
    {
        var command = new NpgsqlCommand(SqlFiles.Postgres.Of(name), connection);
        foreach (var argument in arguments) command.Parameters.Add(argument);
        return command;
    }

    /// <summary>The same as a part of a batch.</summary>
    public static NpgsqlBatchCommand Part(string name, params ReadOnlySpan<NpgsqlParameter> arguments)
    {
        var command = new NpgsqlBatchCommand(SqlFiles.Postgres.Of(name));
        foreach (var argument in arguments) command.Parameters.Add(argument);
        return command;
    }

    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>Several statements in one message, which the server takes as one transaction.</summary>
    public static NpgsqlBatch Batch(NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> parts)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var part in parts) batch.BatchCommands.Add(part);
        return batch;
    }

    /// <summary>A connection of its own, outside the pool.</summary>
    public NpgsqlConnection OpenOwn() => _own.Open();

    public ValueTask<NpgsqlConnection> OpenOwnAsync(CancellationToken cancellation) => _own.OpenAsync(cancellation);

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => _pool.OpenAsync(cancellation);

    /// <summary>
    /// A connection broke or takes no writes any more. The others of the pool have probably gone the same way, and of several hosts
    /// another may be the one that takes writes.
    /// </summary>
    public void LookAgain()
    {
        Interlocked.Increment(ref _breaks);
        _pool.Forget();
        _own.Forget();
        Interlocked.Exchange(ref _trust, new CancellationTokenSource()).Cancel();
    }

    /// <summary>Cancelled when idle connections should be replaced, because they cannot notice the loss themselves.</summary>
    public CancellationToken Trust => Volatile.Read(ref _trust).Token;

    /// <summary>
    /// Returns when what was read on the connection is as durable as what is answered must be. Where commits wait for a standby, one whose
    /// connection broke before is visible although the standby may not have it; a commit of our own waits for all before it.
    /// </summary>
    public void Confirm(NpgsqlConnection connection)
    {
        using var confirming = Confirming(connection);
        confirming.ExecuteNonQuery();
    }

    /// <summary>The same for what is read again and again: only when a connection of this process broke since it was last done.</summary>
    public async ValueTask ConfirmAfterBreak(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var breaks = Interlocked.Read(ref _breaks);
        if (breaks == Interlocked.Read(ref _confirmed)) return;
        await using var confirming = Confirming(connection);
        await confirming.ExecuteNonQueryAsync(cancellation);
        Interlocked.Exchange(ref _confirmed, breaks);
    }

    /// <summary>Runs what only reads, or what may be done twice.</summary>
    /// <exception cref="LedgerException"/>
    public async ValueTask<TResult> Read<TQuestion, TResult>(
        string what,
        TQuestion question,
        Func<NpgsqlConnection, TQuestion, CancellationToken, Task<TResult>> read,
        CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await OpenAsync(cancellation);
                return await read(connection, question, cancellation);
            }
            catch (Exception failure) when (attempt < ReadAttemptsMax && Passes(failure))
            {
                if (PostgresFailure.IsLost(failure)) LookAgain();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw PostgresFailure.From(failure, what);
            }
        }
    }

    /// <summary>Runs what must not be done twice: a lost connection is left to the caller, who may know how to find out.</summary>
    /// <exception cref="LedgerException"/>
    public async ValueTask<TResult> Write<TQuestion, TResult>(
        string what,
        TQuestion question,
        Func<NpgsqlConnection, TQuestion, Task<TResult>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await OpenAsync(CancellationToken.None);
                return await write(connection, question);
            }
            catch (Exception failure) when (attempt < ReadAttemptsMax && PostgresFailure.IsCollision(failure))
            {
                // Undone by the server; once more.
            }
            catch (Exception failure)
            {
                if (PostgresFailure.IsLost(failure) || PostgresFailure.IsReadOnly(failure)) LookAgain();
                throw PostgresFailure.From(failure, what);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _own.DisposeAsync();
    }

    private NpgsqlCommand Confirming(NpgsqlConnection connection)
    {
        var command = Statement(connection, "confirm");
        command.CommandTimeout = _confirmSeconds;
        return command;
    }

    private static bool Passes(Exception failure) =>
        PostgresFailure.IsCollision(failure) || (PostgresFailure.IsLost(failure) && failure is not NpgsqlException { InnerException: TimeoutException });
}
