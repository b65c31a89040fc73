using System.Data.Common;
using Grid.Ledger.Sqlite;
using Microsoft.Data.Sqlite;

namespace Grid.Ledger.Outbox;

/// <summary>The outbox in SQLite, also that of a ledger in memory. One connection writes at a time, so numbers become visible in their order.</summary>
internal sealed class SqliteOutbox(DbDataSource connections) : OutboxDatabase(SqlFiles.Sqlite)
{
    protected override char Mark => '?';

    public override async Task<T> Run<T>(string what, Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await connections.OpenConnectionAsync(cancellation);
            return await work(connection, cancellation);
        }
        catch (SqliteException failure)
        {
            throw SqliteFailure.From(failure, what);
        }
    }

    public override Task KeepOrder(DbConnection connection, IReadOnlyList<OutboxRow> rows, CancellationToken cancellation) => Task.CompletedTask;

    public override async Task ForEach(DbConnection connection, string name, int rows, Array[] columns, CancellationToken cancellation)
    {
        await using var command = Statement(connection, name, new object?[columns.Length]);
        await command.PrepareAsync(cancellation);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns.Length; column++)
                command.Parameters[column].Value = columns[column].GetValue(row) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    protected override void Add(DbCommand command, object? value) =>
        command.Parameters.Add(new SqliteParameter($"?{command.Parameters.Count + 1}", value ?? DBNull.Value));
}
