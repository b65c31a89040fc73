using System.Data;
using System.Runtime.CompilerServices;
using Grid.Model.Customers;
using Npgsql;

namespace Grid.Ledger.Postgres.Reading;

/// <summary>
/// All customers as they stood at one position: a transaction that sees one moment of the database. While it is open the server keeps
/// old versions of all rows, so that it is to be disposed of soon.
/// </summary>
internal sealed class Snapshot : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly SemaphoreSlim _places;
    private readonly string _fetch;
    private bool _disposed;

    private Snapshot(NpgsqlConnection connection, SemaphoreSlim places, int rowsMax)
    {
        (_connection, _places) = (connection, places);
        _fetch = $"FETCH {rowsMax} FROM everyone";
    }

    public static async Task<LedgerScan> Take(Database database, SemaphoreSlim places, LedgerLimits limits, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        NpgsqlConnection? connection = null;
        try
        {
            (connection, var position) = await database.Read("beginning a scan", 0, (_, _, waiting) => Begin(database, waiting), cancellation);
            var snapshot = new Snapshot(connection, places, limits.ScanRowsMax);
            return new LedgerScan(position, snapshot.Rows(cancellation), snapshot);
        }
        catch
        {
            places.Release();
            throw;
        }
    }

    /// <summary>In the order of ids; can be read again when it was read to its end.</summary>
    public async IAsyncEnumerable<CustomerRow> Rows([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Run(async () =>
        {
            await using var declaring = Database.Statement(_connection, "customers-all");
            return await declaring.ExecuteNonQueryAsync(cancellation);
        });
        var rows = new List<CustomerRow>();
        while (await Run(() => Fetch(rows, cancellation)) > 0)
        {
            foreach (var row in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(_disposed, this);
                yield return row;
            }
        }

        await Run(async () =>
        {
            await using var closing = new NpgsqlCommand("CLOSE everyone", _connection);
            return await closing.ExecuteNonQueryAsync(cancellation);
        });
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _connection.Dispose(); // Which ends the transaction.
        _places.Release();
    }

    private static async Task<(NpgsqlConnection Connection, LogPosition Position)> Begin(Database database, CancellationToken cancellation)
    {
        var connection = await database.OpenOwnAsync(cancellation);
        try
        {
            // It ends with the connection.
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            var lanes = await LaneHeads.Read(connection, "lanes", cancellation);
            return (connection, new LogPosition([.. lanes.Select(lane => lane.Head)]));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<int> Fetch(List<CustomerRow> rows, CancellationToken cancellation)
    {
        rows.Clear();
        await using var fetching = new NpgsqlCommand(_fetch, _connection);
        await using var reader = await fetching.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) rows.Add(CustomerRows.Of(reader));
        return rows.Count;
    }

    private async Task<int> Run(Func<Task<int>> step)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            return await step();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw PostgresFailure.Of(failure, "scanning");
        }
    }
}
