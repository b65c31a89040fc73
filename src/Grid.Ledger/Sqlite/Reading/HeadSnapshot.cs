using System.Runtime.CompilerServices;
using Grid.Ledger.Log;
using Grid.Ledger.Sqlite.Lane;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Sqlite.Reading;

/// <summary>
/// The heads of a partition: a read transaction on the table, and the memtable, whose newer rows take precedence. It does not involve the lane.
/// Everything that reads the file runs on the thread pool.
/// </summary>
internal sealed class HeadSnapshot : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Database _database;
    private readonly Statement _statement;
    private readonly KeyValuePair<CustomerId, MemTableRow>[] _memTable;
    private readonly SemaphoreSlim _places;
    private readonly int _headsMax;
    private readonly List<LedgerException> _damaged = [];

    // Used under the gate, because a reader may be disposed of at any time.
    private CustomerId? _stored;
    private int _next;
    private bool _disposed;

    private HeadSnapshot(Database database, int partition, KeyValuePair<CustomerId, MemTableRow>[] memTable, SemaphoreSlim places, int headsMax)
    {
        (_database, _memTable, _places, _headsMax) = (database, memTable, places, headsMax);
        database.BeginReading();
        _statement = database.Of("heads-of-partition").Bind(1, partition);
        Step(); // The first step takes the snapshot of the file.
    }

    public static async Task<PartitionScan> Take(
        SqliteLedgerOptions options, MemTable memTable, CommitLog commits, int partition, SemaphoreSlim places, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            return await Task.Run(Begin, CancellationToken.None);
        }
        catch
        {
            places.Release();
            throw;
        }

        PartitionScan Begin()
        {
            // The order matters. Commits up to the position are in the memtable when it is read; those that left it before are in the file. Later
            // commits may be included or not, because the feed delivers them after the position anyway.
            var position = commits.Head;
            var changed = memTable.Now.Rows(partition);
            var database = Database.Open(options.Path, readOnly: true);
            try
            {
                var snapshot = new HeadSnapshot(database, partition, changed, places, options.Limits.ScanHeadsMax);
                return new PartitionScan(position, snapshot.Heads(cancellation), snapshot._damaged, snapshot);
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _database.Dispose();
        }

        _places.Release();
    }

    private async IAsyncEnumerable<CommittedCustomer> Heads([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await Task.Run(Read, cancellation) is { Count: > 0 } heads)
        {
            foreach (var head in heads)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return head;
            }
        }
    }

    private List<CommittedCustomer> Read()
    {
        var heads = new List<CommittedCustomer>();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                while (heads.Count < _headsMax && (_stored is not null || _next < _memTable.Length)) Next(heads);
            }
            catch (Exception failure)
            {
                throw SqliteFailure.From(failure, "scanning heads");
            }
        }

        return heads;
    }

    private void Next(List<CommittedCustomer> heads)
    {
        var order = _stored is not { } stored ? 1 : _next == _memTable.Length ? -1 : IdOrder.Instance.Compare(stored, _memTable[_next].Key);
        try
        {
            heads.Add(order >= 0 ? Changed(stored: order == 0) : Stored(_stored!.Value));
        }
        catch (LedgerException damage) when (damage.Customer is not null)
        {
            _damaged.Add(damage);
        }

        if (order >= 0) _next++;
        if (order <= 0) Step();
    }

    private CommittedCustomer Changed(bool stored)
    {
        var (customer, row) = _memTable[_next];
        return row.State is { } state
            ? CommittedCustomer.From(customer, row.Version, row.DueAt, state)
            : row.Head(customer, stored ? Stored(customer) : null);
    }

    private CommittedCustomer Stored(CustomerId customer)
    {
        try
        {
            var dueAt = _statement.IsNull(2) ? Instant.Never : new Instant(_statement.Long(2));
            return HeadCodec.Decode(customer, _statement.Long(1), dueAt, _statement.Blob(3));
        }
        catch (InvalidDataException failure)
        {
            // If the row is sound it has the same head; the customer's next checkpoint writes the head again.
            var row = CustomerRows.Load(_database, customer) ?? throw LedgerException.Damaged(customer, failure);
            return CommittedCustomer.From(customer, row.Version, row.DueAt, row.State);
        }
    }

    private void Step() => _stored = _statement.Step() ? new CustomerId(_statement.Text(0)) : null;
}
