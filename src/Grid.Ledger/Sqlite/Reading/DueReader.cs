using Grid.Ledger.Sqlite.Lane;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Sqlite.Reading;

/// <summary>
/// Finds the earliest deadlines: those of the memtable and, for all other customers, those of the rows. It reads all deadlines, because the index
/// follows the order of the rows; partitions keep their own heap and call it seldom.
/// </summary>
internal sealed class DueReader(Readers readers, MemTable memTable)
{
    public ValueTask<IReadOnlyList<DueCustomer>> Due(Instant before, int limit, CancellationToken cancellation) =>
        readers.Read((MemTable: memTable.Now, Before: before, Limit: Math.Max(1, limit)), Read, cancellation);

    private static IReadOnlyList<DueCustomer> Read(Database database, (MemTableView MemTable, Instant Before, int Limit) question)
    {
        var earliest = new Earliest(question.Limit);
        var statement = database.Of("customers-due").Bind(1, question.Before.Milliseconds);
        while (statement.Step())
        {
            var dueAt = statement.Long(1);
            if (!earliest.Takes(dueAt)) continue;
            var customer = new CustomerId(statement.Text(0));
            if (!question.MemTable.TryGet(customer, out _)) earliest.Add(customer, dueAt);
        }

        foreach (var (customer, row) in question.MemTable.Rows())
            if (!row.DueAt.IsNever && row.DueAt <= question.Before && earliest.Takes(row.DueAt.Milliseconds))
                earliest.Add(customer, row.DueAt.Milliseconds);
        return earliest.Sorted();
    }

    /// <summary>The first customers by deadline, then id, up to a limit.</summary>
    private sealed class Earliest(int limit)
    {
        private readonly PriorityQueue<DueCustomer, DueCustomer> _latestFirst =
            new(Comparer<DueCustomer>.Create((x, y) => Order(y, x)));

        public bool Takes(long dueAt) => _latestFirst.Count < limit || dueAt <= _latestFirst.Peek().DueAt.Milliseconds;

        public void Add(CustomerId customer, long dueAt)
        {
            var due = new DueCustomer(customer, new Instant(dueAt));
            if (_latestFirst.Count < limit) _latestFirst.Enqueue(due, due);
            else _latestFirst.EnqueueDequeue(due, due);
        }

        public DueCustomer[] Sorted()
        {
            var sorted = _latestFirst.UnorderedItems.Select(item => item.Element).ToArray();
            Array.Sort(sorted, Order);
            return sorted;
        }

        private static int Order(DueCustomer x, DueCustomer y)
        {
            var byInstant = x.DueAt.CompareTo(y.DueAt);
            return byInstant != 0 ? byInstant : IdOrder.Instance.Compare(x.Customer, y.Customer);
        }
    }
}
