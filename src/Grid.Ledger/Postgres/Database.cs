using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// Connections to the database. Each writer and listener has a connection of its own; readers share a pool. A read on a dead connection, for instance
/// after a restart of the server, is retried on a new one.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int ReadAttemptsMax = 3;

    private readonly FailoverDataSource _pool;
    private readonly FailoverDataSource _own;
    private readonly int _confirmSeconds;
    private CancellationTokenSource _trust = new();

    // The number of broken connections, and how many of these breaks a later confirmation has covered (see ConfirmAfterBreak).
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

    /// <summary>The statement of the file Sql/<paramref name="name"/>.sql, as a part of a batch.</summary>
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
    /// Called when a connection broke or became read-only. The other connections of the pool are probably lost as well, and another host may have
    /// become the primary.
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
    /// Returns when everything read on the connection is as durable as the answer must be. Where commits wait for a standby, a commit whose
    /// connection broke is visible although the standby may not have it yet; an own commit waits until the standby has all earlier ones.
    /// </summary>
    public void Confirm(NpgsqlConnection connection)
    {
        using var confirming = Confirming(connection);
        confirming.ExecuteNonQuery();
    }

    /// <summary>As <see cref="Confirm"/>, for repeated reads: only after a connection of this process broke since the last confirmation.</summary>
    public async ValueTask ConfirmAfterBreak(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var breaks = Interlocked.Read(ref _breaks);
        if (breaks == Interlocked.Read(ref _confirmed)) return;
        await using var confirming = Confirming(connection);
        await confirming.ExecuteNonQueryAsync(cancellation);
        Interlocked.Exchange(ref _confirmed, breaks);
    }

    /// <summary>Runs a read, or a write that may safely run twice.</summary>
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

    /// <summary>
    /// Runs a write that must not run twice: a lost connection fails the call, and the caller may find out whether the write was committed.
    /// </summary>
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
                // The server has rolled the transaction back, so it is retried.
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
