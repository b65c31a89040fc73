using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// Connections to the database. Writers and listeners keep one of their own; readers share a pool, and a read that meets a dead
/// connection, as after a restart of the server, is tried again on a new one.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int ReadAttemptsMax = 3;

    private readonly NpgsqlDataSource _pool;
    private readonly NpgsqlDataSource _own;

    public Database(PostgresLedgerOptions options)
    {
        var settings = ConnectionSettings.Of(options);
        _pool = Source(settings);
        settings.Pooling = false;
        _own = Source(settings);
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

    /// <summary>A connection that is nobody else's and not used again by others.</summary>
    public NpgsqlConnection OpenOwn() => _own.OpenConnection();

    public ValueTask<NpgsqlConnection> OpenOwnAsync(CancellationToken cancellation) => _own.OpenConnectionAsync(cancellation);

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => _pool.OpenConnectionAsync(cancellation);

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
                // The other connections of the pool have probably gone the same way.
                if (PostgresFailure.IsLost(failure)) _pool.Clear();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw PostgresFailure.Of(failure, what);
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
                if (PostgresFailure.IsLost(failure) || PostgresFailure.IsReadOnly(failure)) _pool.Clear();
                throw PostgresFailure.Of(failure, what);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _own.DisposeAsync();
    }

    /// <summary>Of several hosts the one that takes writes.</summary>
    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        return settings.Host?.Contains(',', StringComparison.Ordinal) == true
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }

    private static bool Passes(Exception failure) =>
        PostgresFailure.IsCollision(failure) || (PostgresFailure.IsLost(failure) && failure is not NpgsqlException { InnerException: TimeoutException });
}
