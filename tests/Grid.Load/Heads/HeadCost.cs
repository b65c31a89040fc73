using System.Diagnostics;
using Grid.Ledger;
using Grid.Ledger.Sqlite;
using Grid.Load.Postgres;
using Grid.Model.Customers;

namespace Grid.Load.Heads;

/// <summary>
/// Measures what the partitions read on SQLite when they are filled: the heads of all customers, from the file alone and with many customers changed
/// since the last checkpoint; then the rows of one partition and the commits since. States as the model encodes them.
/// </summary>
internal sealed class HeadCost(SqliteLedger ledger, CustomerStates states)
{
    private const int Committers = 512;
    private const int ChangedMax = 300_000;

    public static async Task<int> Measure(int customers)
    {
        var folder = Directory.CreateTempSubdirectory("grid-load-heads-").FullName;
        try
        {
            var file = Path.Combine(folder, "grid.db");
            var states = new CustomerStates(customers);
            await using var ledger = new SqliteLedger(new SqliteLedgerOptions(file));
            await ledger.Open(CancellationToken.None);
            var cost = new HeadCost(ledger, states);
            await cost.Fill();
            Console.WriteLine($"{customers:N0} customers of {states.StateBytes:N0} bytes; the file has {new FileInfo(file).Length / 1e6:N0} MB");
            await cost.Heads("heads from the file");
            await cost.Change(Math.Min(customers / 2, ChangedMax));
            await cost.Heads($"heads, {ledger.Statistics.MemTableRows:N0} changed");
            await cost.Rows();
            await cost.Commits();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes all customers to the file.</summary>
    private async Task Fill()
    {
        await Commit(states.Ids.Length, states.First);
        while (ledger.Statistics.MemTableRows > 0)
        {
            await ledger.BeginCheckpoint();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Changes customers all over the population, fewer than trigger a checkpoint.</summary>
    private Task Change(int count)
    {
        var step = states.Ids.Length / count;
        return Commit(count, n => states.Next(n * step, 2));
    }

    private async Task Commit(int count, Func<int, CustomerChange> change)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Committers).Select(lane => Task.Run(async () =>
        {
            for (var n = lane; n < count; n += Committers)
                if (await ledger.Commit(change(n)) is not Committed) throw new InvalidOperationException("A version is not the next.");
        })));
        Console.WriteLine($"{count:N0} changes committed in {watch.Elapsed.TotalSeconds:F1} s");
    }

    private async Task Heads(string name)
    {
        var heads = 0;
        using var cost = new Cost(name);
        for (var partition = 0; partition < PartitionOf.Count; partition++)
        {
            using var scan = await ledger.ScanHeads(partition, CancellationToken.None);
            await foreach (var _ in scan.Heads) heads++;
        }

        cost.Items = heads;
        if (heads != states.Ids.Length) throw new InvalidOperationException($"{heads} heads were read.");
    }

    private async Task Rows()
    {
        using var cost = new Cost("rows of a partition");
        using var scan = await ledger.Scan(0, CancellationToken.None);
        await foreach (var _ in scan.Rows) cost.Items++;
    }

    private async Task Commits()
    {
        using var cost = new Cost("commits kept in memory");
        var head = ledger.CommitHead;
        var place = CommitPosition.Start;
        CommitPage? page;
        while ((page = await ledger.Commits(place, 256, CancellationToken.None)) is null) place = place.With(0, place[0] + 1);
        for (; page is { Batches.Count: > 0 }; page = await ledger.Commits(page.Next, 256, CancellationToken.None))
            cost.Items += page.Batches.Sum(group => group.Customers.Count);
        if (!head.Equals(ledger.CommitHead)) throw new InvalidOperationException("Somebody committed meanwhile.");
    }

    /// <summary>Time and processor time from creation to disposal.</summary>
    private sealed class Cost(string name) : IDisposable
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly TimeSpan _processor = Environment.CpuUsage.TotalTime;

        public int Items { get; set; }

        public void Dispose()
        {
            var processor = Environment.CpuUsage.TotalTime - _processor;
            Console.WriteLine($"  {name,-28} {Items,10:N0} in {_watch.Elapsed.TotalSeconds,6:F2} s, "
                + $"{processor.TotalSeconds,6:F2} s of processor, {processor.TotalMicroseconds / Math.Max(1, Items):F2} us each");
        }
    }
}
