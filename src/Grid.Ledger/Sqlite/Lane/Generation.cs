using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Grid.Ledger.Log;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>The customers changed between two checkpoints. The lane writes, anyone reads.</summary>
/// <param name="customers">About how many there will be; 0 when that is not known.</param>
internal sealed class Generation(int customers)
{
    private readonly ConcurrentDictionary<CustomerId, MemTableRow> _rows = new(concurrencyLevel: 1, Math.Max(customers, CapacityMin));

    private const int CapacityMin = 1_024;

    // The ids in the order of their first change. An erased one stays in it and may come again. The lane appends; readers read the count first.
    private volatile CustomerId[] _ids = new CustomerId[Math.Max(customers, CapacityMin)];
    private int _appended;

    // Readers sort the ids by partition, as far as they have come, so that a commit costs nothing for it.
    private readonly Lock _sorting = new();
    private readonly List<CustomerId>[] _partitions = [.. Enumerable.Range(0, PartitionOf.Count).Select(_ => new List<CustomerId>())];
    private int _sorted;

    /// <summary>Only the lane touches it, because counting the dictionary itself takes all its locks.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of states and deltas. Only the lane touches it.</summary>
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

    /// <summary>Takes a delta of the journal, after those before it. Only before anybody else sees the generation.</summary>
    /// <exception cref="InvalidDataException">It does not follow the one before it.</exception>
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

    /// <summary>Ids of a partition, some perhaps twice or without a row.</summary>
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
