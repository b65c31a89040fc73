using Grid.Ledger.Lanes;
using Grid.Ledger.Log;
using Grid.Ledger.Sqlite.Lane;
using Grid.Ledger.Sqlite.Reading;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Transitions;

namespace Grid.Ledger.Sqlite;

/// <summary>
/// Erases a person: at once the row, the deltas, the rejects and the deliveries, then the name in the log, page by page between batches. The second part
/// is recorded in the file first and resumed after a crash. SQLite overwrites freed space (secure_delete).
/// </summary>
internal sealed class Eraser(
    LaneQueue queue,
    Readers readers,
    MemTable memTable,
    VersionCache versions,
    BatchWriter writer,
    RecentLog recent,
    CommitLog commits,
    WriteAhead writeAhead) : IDisposable
{
    private const int PagesPerTurn = 32;
    private readonly JournalPage _journal = new();
    private readonly TransitionPage _transitions = new();
    private readonly SemaphoreSlim _one = new(1);

    public async ValueTask<bool> Erase(CustomerId customer, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var existed = await Between(database => EraseRow(database, customer));
            await FinishAll();
            return existed;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Finishes all erasures that have begun, also those of an earlier process.</summary>
    public async Task FinishAll()
    {
        while (await readers.Read(0, static (database, _) => Next(database), CancellationToken.None) is { } erasure)
        {
            var pages = await readers.Read(erasure, static (database, begun) => PagesNaming(database, begun), CancellationToken.None);
            foreach (var turn in pages.Chunk(PagesPerTurn)) await Between(database => Rename(database, erasure, turn));
            await Between(database => End(database, erasure));
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<T> Between<T>(Func<Database, T> work)
    {
        var item = new BetweenWork<T>(work);
        await queue.Add(item);
        return await item.Answer;
    }

    private bool EraseRow(Database database, CustomerId customer)
    {
        var changed = memTable.Now.TryGet(customer, out var row);
        row?.Fold(database, customer);
        var partition = PartitionOf.Customer(customer);
        var existed = changed || database.Of("customer-version").Bind(1, partition).Bind(2, customer.Value).Number() > 0;
        writer.CountErasure();
        database.Begin();
        if (changed) EraseDeltas(database, customer);
        database.Of("customer-remove").Bind(1, customer.Value).Run();
        database.Of("head-remove").Bind(1, partition).Bind(2, customer.Value).Run();
        database.Of("rejects-of-customer-remove").Bind(1, customer.Value).Run();
        database.Of("deliveries-of-customer-remove").Bind(1, customer.Value).Run();
        database.Of("erasure-add").Bind(1, customer.Value).Bind(2, writer.Head).Run();
        database.Commit();
        memTable.Remove(customer);
        versions.Put(customer, 0);
        if (existed) commits.Add([CommittedCustomer.Erased(customer)], writer.Head);
        return existed;
    }

    /// <summary>Every customer with a delta in the journal is in the memtable, so a customer that is not there has none to remove.</summary>
    private void EraseDeltas(Database database, CustomerId customer)
    {
        var name = ByteWriter.TextBytes(customer.Value);
        foreach (var sequence in Keys(database.Of("journal-naming").Bind(1, name)))
        {
            var statement = database.Of("journal-page").Bind(1, sequence);
            statement.Step();
            var entries = JournalPage.Read(statement.Blob(0).ToArray());
            statement.Reset();
            entries.RemoveAll(entry => entry.Customer == customer);
            _journal.Begin(entries.Count);
            foreach (var entry in entries) _journal.Add(entry.Customer, entry.Version, entry.Delta.Span);
            _journal.End();
            database.Of("journal-replace").Bind(1, sequence).Bind(2, _journal.Written).Run();
        }
    }

    private static Erasure? Next(Database database)
    {
        var statement = database.Of("erasure-next");
        if (!statement.Step()) return null;
        var erasure = new Erasure(statement.Long(0), new CustomerId(statement.Text(1)), statement.Long(2));
        statement.Reset();
        return erasure;
    }

    private static List<long> PagesNaming(Database database, Erasure erasure) =>
        Keys(database.Of("transitions-naming").Bind(1, erasure.Head).Bind(2, ByteWriter.TextBytes(erasure.Customer.Value)));

    private static List<long> Keys(Statement statement)
    {
        var keys = new List<long>();
        while (statement.Step()) keys.Add(statement.Long(0));
        return keys;
    }

    private bool Rename(Database database, Erasure erasure, long[] pages)
    {
        var items = new List<LoggedTransition>();
        database.Begin();
        foreach (var last in pages)
        {
            var statement = database.Of("transitions-page").Bind(1, last);
            statement.Step();
            items.Clear();
            TransitionPage.Read(statement.Blob(0), 0, last, items);
            statement.Reset();
            _transitions.Begin(items.Count, items[0].Transition.RecordedAt);
            foreach (var item in items)
                _transitions.Add(erasure.Rename(item.Transition));
            _transitions.End();
            database.Of("transitions-replace").Bind(1, last).Bind(2, _transitions.Written).Run();
        }

        database.Commit();
        return true;
    }

    private bool End(Database database, Erasure erasure)
    {
        recent.Rename(erasure.Customer, erasure.Name, erasure.Head);
        database.Begin();
        database.Of("erasure-remove").Bind(1, erasure.Number).Run();
        database.Commit();
        writeAhead.Truncate();
        return true;
    }

    private sealed record Erasure(long Number, CustomerId Customer, long Head)
    {
        /// <summary>Replaces the customer's name; the number reveals nothing about the person.</summary>
        public CustomerId Name => new($"erased:{Number}");

        public Transition Rename(Transition transition) =>
            transition.Customer == Customer ? transition with { Customer = Name } : transition;
    }
}
