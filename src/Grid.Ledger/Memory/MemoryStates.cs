using System.Data.Common;
using System.Globalization;
using Grid.Ledger.Sqlite;
using Grid.Model.Customers;
using Microsoft.Data.Sqlite;

namespace Grid.Ledger.Memory;

/// <summary>States of grains in a SQLite database in memory, with one connection at a time.</summary>
internal sealed class MemoryStates : DbDataSource
{
    /// <summary>The migrations for the ledger's tables, for those of states, which moves the records of the first, and for the outbox.</summary>
    private static readonly int[] Migrations = [1, 3, 6];

    private static int _made;
    private readonly SemaphoreSlim _one = new(1);
    private readonly SqliteConnection _kept;

    public MemoryStates()
    {
        ConnectionString = string.Create(
            CultureInfo.InvariantCulture, $"Data Source=grid-states-{Interlocked.Increment(ref _made)};Mode=Memory;Cache=Shared;Pooling=False");

        // The database exists as long as a connection to it is open.
        _kept = new SqliteConnection(ConnectionString);
        _kept.Open();
        using var command = _kept.CreateCommand();
        command.CommandText = string.Concat(SqlFiles.Sqlite.Migrations().Where(step => Migrations.Contains(step.Number)).Select(step => step.Sql));
        command.ExecuteNonQuery();
    }

    public override string ConnectionString { get; }

    /// <summary>Removes a customer's deliveries.</summary>
    public async Task Erase(CustomerId customer, CancellationToken cancellation)
    {
        await using var connection = (SqliteConnection)await OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = SqlFiles.Sqlite.Of("deliveries-of-customer-remove");
        command.Parameters.AddWithValue("?1", customer.Value);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        var connection = new LeasedConnection(ConnectionString, _ => _one.Release());
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    protected override void Dispose(bool disposing)
    {
        _kept.Dispose();
        _one.Dispose();
        base.Dispose(disposing);
    }
}
