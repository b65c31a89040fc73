using System.Data.Common;
using Grid.Ledger.Postgres;
using Npgsql;

namespace Grid.Ledger.Outbox;

/// <summary>The outbox in PostgreSQL. It uses few connections of the ledger's pool, because many triggers may wait for the lock of one endpoint.</summary>
internal sealed class PostgresOutbox(PostgresStates states, SemaphoreSlim connections) : OutboxDatabase(SqlFiles.Postgres)
{
    protected override char Mark => '$';

    public override async Task<T> Run<T>(string what, Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        await connections.WaitAsync(cancellation);
        try
        {
            return await states.Database.Read(what, work, static (connection, work, cancel) => work(connection, cancel), cancellation);
        }
        finally
        {
            connections.Release();
        }
    }

    public override async Task KeepOrder(DbConnection connection, IReadOnlyList<OutboxRow> rows, CancellationToken cancellation)
    {
        string[] endpoints = [.. rows.Select(row => row.Endpoint).Distinct()];
        await Execute(connection, "deliveries-lock", cancellation, (object)endpoints);
    }

    public override Task ForEach(DbConnection connection, string name, int rows, Array[] columns, CancellationToken cancellation) =>
        Execute(connection, name, cancellation, columns);

    protected override void Add(DbCommand command, object? value) => command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
}
