using System.Data.Common;
using Grid.Ledger.Postgres;

namespace Grid.Ledger.Outbox;

/// <summary>Runs the statements of the outbox on one kind of database.</summary>
internal abstract class OutboxDatabase(SqlFiles files)
{
    private const string Filter = "/* filter */";

    public static OutboxDatabase Of(IStateDatabase database, LedgerLimits limits) => database.Connections is PostgresStates states
        ? new PostgresOutbox(states, new SemaphoreSlim(limits.OutboxConnectionsMax))
        : new SqliteOutbox(database.Connections);

    /// <summary>Runs a read, or a write that may run twice, on a connection.</summary>
    /// <exception cref="LedgerException"/>
    public abstract Task<T> Run<T>(string what, Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellation);

    /// <summary>As <see cref="Run"/>, in a transaction, which is committed when the work returns.</summary>
    public Task<T> Write<T>(string what, Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellation) => Run(
        what,
        async (connection, cancel) =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var written = await work(connection, cancel);

            // Not cancelled: the caller would not learn whether it was committed.
            await transaction.CommitAsync(CancellationToken.None);
            return written;
        },
        cancellation);

    /// <summary>Makes the numbers that this transaction gives visible before later ones of the same endpoints.</summary>
    public abstract Task KeepOrder(DbConnection connection, IReadOnlyList<OutboxRow> rows, CancellationToken cancellation);

    /// <summary>Runs the statement once for each row, in order.</summary>
    /// <param name="columns">The arguments, each an array with a value per row.</param>
    public abstract Task ForEach(DbConnection connection, string name, int rows, Array[] columns, CancellationToken cancellation);

    /// <summary>The statement of the file <paramref name="name"/>.sql.</summary>
    public DbCommand Statement(DbConnection connection, string name, params ReadOnlySpan<object?> arguments) =>
        Statement(connection, name, DeliveryConditions.None, arguments);

    /// <param name="conditions">Take the place of the filter in the statement; their values follow the arguments.</param>
    public DbCommand Statement(DbConnection connection, string name, DeliveryConditions conditions, params ReadOnlySpan<object?> arguments)
    {
        var command = connection.CreateCommand();
        command.CommandText = files.Of(name);
        foreach (var argument in arguments) Add(command, argument);
        if (conditions.IsEmpty) return command;
        command.CommandText = command.CommandText.Replace(Filter, conditions.Sql(arguments.Length, Mark), StringComparison.Ordinal);
        foreach (var value in conditions.Values) Add(command, value);
        return command;
    }

    public async Task<int> Execute(DbConnection connection, string name, CancellationToken cancellation, params object?[] arguments)
    {
        await using var command = Statement(connection, name, arguments);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The sign before the number of a parameter.</summary>
    protected abstract char Mark { get; }

    /// <summary>Adds the next parameter.</summary>
    protected abstract void Add(DbCommand command, object? value);
}
