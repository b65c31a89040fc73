using System.Runtime.CompilerServices;
using Grid.Ledger.Sqlite.Lane;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite.Reading;

/// <summary>
/// All customers, or those of a partition, as of a moment between two batches: a read transaction on the rows, and a copy of the memtable. Taken by
/// the lane, read by its owner.
/// </summary>
internal sealed class Snapshot(Database database, int? partition, SemaphoreSlim places) : IDisposable
{
    private const int RowsPerTurn = 4_096;
    private KeyValuePair<CustomerId, MemTableRow>[] _memTable = [];
    private bool _disposed;

    /// <summary>Called on the lane, so that rows and memtable belong to the same moment.</summary>
    public void Take(MemTable memTable)
    {
        database.BeginReading();
        database.Of("transitions-last").Number(); // The first statement takes the snapshot.
        _memTable = partition is { } requested ? memTable.Now.Rows(requested) : [.. memTable.Now.Rows()];
    }

    /// <summary>The rows in the order of ids; can be read again after reading to the end.</summary>
    public async IAsyncEnumerable<StoredRow> Rows([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Array.Sort(_memTable, (x, y) => IdOrder.Instance.Compare(x.Key, y.Key));
        var statement = partition is { } requested ? database.Of("customers-of-partition").Bind(1, requested) : database.Of("customers-all");
        var next = 0;
        var stored = CustomerRows.Next(statement);
        for (var count = 1; stored is not null || next < _memTable.Length; count++)
        {
            // A reader that never yields would keep its thread for the whole population.
            if (count % RowsPerTurn == 0) await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_disposed, this);
            var order = stored is null ? 1 : next == _memTable.Length ? -1 : IdOrder.Instance.Compare(stored.Value.Customer, _memTable[next].Key);
            if (order >= 0)
            {
                var (customer, row) = _memTable[next++];
                yield return CustomerRows.From(customer, row, database);
            }
            else
            {
                yield return stored!.Value;
            }

            if (order <= 0) stored = CustomerRows.Next(statement);
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        database.Dispose();
        places.Release();
    }
}
