using System.Data.Common;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>Connections from the ledger's own pool, which finds the primary again after a failover.</summary>
internal sealed class PostgresStates(Func<Database> database) : DbDataSource
{
    /// <summary>Orleans requires a connection string, but no connection uses it.</summary>
    public override string ConnectionString => "";

    /// <summary>The database of the open ledger.</summary>
    public Database Database => database();

    protected override DbConnection CreateDbConnection() => new NpgsqlConnection();

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await Database.OpenAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw PostgresFailure.From(failure, "connecting for a grain's state");
        }
    }
}
