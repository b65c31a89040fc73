using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Grid.Ledger.Log;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>The customers changed between two checkpoints. The lane writes, any thread reads.</summary>
/// <param name="customers">The expected number of customers; 0 when unknown.</param>
internal sealed class Generation(int customers)
{
    private readonly ConcurrentDictionary<CustomerId, MemTableRow> _rows = new(concurrencyLevel: 1, Math.Max(customers, CapacityMin));

    private const int CapacityMin = 1_024;

    // The ids in the order of their first change. An erased id stays in the list and may occur again. The lane appends; readers read the count first.
    private volatile CustomerId[] _ids = new CustomerId[Math.Max(customers, CapacityMin)];
    private int _appended;

    // Readers sort the ids by partition, up to the count they have read, so that a commit need not sort.
    private readonly Lock _sorting = new();
    private readonly List<CustomerId>[] _partitions = [.. Enumerable.Range(0, PartitionOf.Count).Select(_ => new List<CustomerId>())];
    private int _sorted;

    /// <summary>The number of customers, for the lane only: counting the dictionary takes all its locks.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of states and deltas. Only the lane uses it.</summary>
    public long Bytes { get; private set; }

    public IEnumerable<KeyValuePair<CustomerId, MemTableRow>> Rows => _rows;

    public bool TryGet(CustomerId customer, [MaybeNullWhen(false)] out MemTableRow row) => _rows.TryGetValue(customer, out row);

    public void Put(CustomerId customer, MemTableRow row)
    {
        if (_rows.TryGetValue(customer, out var before))
        {
            Bytes -= before.Bytes;
            _rows[customer] = row;
        }
        else
        {
            Count++;
            _rows[customer] = row;
            Append(customer);
        }

        Bytes += row.Bytes;
    }

    /// <summary>Adds a delta of the journal, after the earlier ones. Only before other threads see the generation.</summary>
    /// <exception cref="InvalidDataException">The delta does not follow the one before it.</exception>
    public void Recover(JournalEntry entry)
    {
        if (!_rows.TryGetValue(entry.Customer, out var row)) Put(entry.Customer, new MemTableRow(entry));
        else Bytes += row.Add(entry);
    }

    public void Remove(CustomerId customer)
    {
        if (!_rows.TryRemove(customer, out var before)) return;
        Count--;
        Bytes -= before.Bytes;
    }

    /// <summary>Ids of a partition; some may occur twice or have no row.</summary>
    public CustomerId[] Ids(int partition)
    {
        lock (_sorting)
        {
            var appended = Volatile.Read(ref _appended);
            var ids = _ids;
            for (; _sorted < appended; _sorted++) _partitions[PartitionOf.Customer(ids[_sorted])].Add(ids[_sorted]);
            return [.. _partitions[partition]];
        }
    }

    private void Append(CustomerId customer)
    {
        var ids = _ids;
        if (_appended == ids.Length)
        {
            Array.Resize(ref ids, ids.Length * 2);
            _ids = ids;
        }

        ids[_appended] = customer;
        Volatile.Write(ref _appended, _appended + 1);
    }
}
