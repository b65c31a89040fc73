using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Grid.Ledger.Postgres.Reading;

/// <summary>
/// Customers as of one position: a transaction that sees one moment of the database, and a cursor. While it is open the server keeps old versions of
/// all rows, so dispose of it soon.
/// </summary>
internal sealed class Snapshot : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly SemaphoreSlim _places;
    private bool _disposed;

    private Snapshot(NpgsqlConnection connection, IReadOnlyList<(long Page, long Head)> lanes, SemaphoreSlim places)
    {
        (_connection, _places) = (connection, places);
        Position = new LogPosition([.. lanes.Select(lane => lane.Head)]);
        CommitPosition = new CommitPosition([.. lanes.Select(lane => lane.Page)]);
    }

    public LogPosition Position { get; }

    public CommitPosition CommitPosition { get; }

    public NpgsqlConnection Connection
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _connection;
        }
    }

    public static async Task<Snapshot> Take(Database database, SemaphoreSlim places, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            var (connection, lanes) = await database.Read("beginning a scan", 0, (_, _, waiting) => Begin(database, waiting), cancellation);
            return new Snapshot(connection, lanes, places);
        }
        catch
        {
            places.Release();
            throw;
        }
    }

    /// <summary>All rows of a cursor; can be read again after reading to the end.</summary>
    /// <param name="declare">Declares the cursor.</param>
    /// <param name="read">Reads one row.</param>
    public async IAsyncEnumerable<T> Read<T>(
        NpgsqlBatchCommand[] declare,
        int rowsMax,
        Func<NpgsqlDataReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Run(async () =>
        {
            await using var declaring = Database.Batch(Connection, declare);
            await declaring.ExecuteNonQueryAsync(cancellation);
            return true;
        });
        var items = new List<T>();
        while (await Run(() => Fetch(rowsMax, items, read, cancellation)))
        {
            foreach (var item in items)
            {
                cancellation.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(_disposed, this);
                yield return item;
            }
        }

        await Run(async () =>
        {
            await using var closing = new NpgsqlCommand("CLOSE everyone", Connection);
            await closing.ExecuteNonQueryAsync(cancellation);
            return true;
        });
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _connection.Dispose(); // Rolls the transaction back.
        _places.Release();
    }

    private static async Task<(NpgsqlConnection Connection, List<(long Page, long Head)> Lanes)> Begin(
        Database database, CancellationToken cancellation)
    {
        var connection = await database.OpenOwnAsync(cancellation);
        try
        {
            // The transaction ends with the connection.
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            return (connection, await LaneHeads.Read(connection, "lanes", cancellation));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> Fetch<T>(int rowsMax, List<T> items, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        items.Clear();
        await using var fetching = new NpgsqlCommand($"FETCH {rowsMax} FROM everyone", Connection);
        await using var reader = await fetching.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) items.Add(read(reader));
        return items.Count > 0;
    }

    /// <summary>Runs a statement of the scan.</summary>
    /// <exception cref="LedgerException"/>
    public static async Task<TResult> Run<TResult>(Func<Task<TResult>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ObjectDisposedException))
        {
            throw PostgresFailure.From(failure, "scanning");
        }
    }
}
