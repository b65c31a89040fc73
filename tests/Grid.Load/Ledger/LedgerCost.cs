using System.Diagnostics;
using Grid.Ledger;
using Grid.Ledger.Sqlite;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Load.Ledger;

/// <summary>
/// What durable changes cost on SQLite: committers that each wait for their answer before the next change, random customers, states of
/// 500 bytes of which some 200 are layers and measures, deltas of 120 bytes, 0.3 transitions a change.
/// </summary>
internal sealed class LedgerCost
{
    private const int StateBytes = 500;
    private const int DeltaBytes = 120;
    private const int Schemes = 21;
    private const int Measures = 8;
    private static readonly Instant Start = new(1_700_000_000_000);

    private static readonly LedgerLimits WithoutCheckpoints = new()
    {
        MemTableRowsMax = int.MaxValue,
        MemTableBytesMax = long.MaxValue,
        JournalBytesMax = long.MaxValue,
    };

    private readonly CustomerId[] _customers;
    private readonly long[] _versions;
    private readonly byte[] _delta = new byte[DeltaBytes];
    private readonly byte[] _state = State();
    private readonly string _path;

    private LedgerCost(int customers, string path)
    {
        _path = path;
        _customers = [.. Enumerable.Range(0, customers).Select(n => new CustomerId($"customer-{n:D8}"))];
        _versions = new long[customers];
        new Random(1).NextBytes(_delta);
    }

    public static async Task<int> Measure(int customers, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("grid-load-ledger-").FullName;
        try
        {
            var cost = new LedgerCost(customers, Path.Combine(folder, "grid.db"));
            Console.WriteLine("The lane between two checkpoints:");
            await using (var ledger = await cost.Open(WithoutCheckpoints))
            {
                await cost.Fill(ledger);
                foreach (var committers in new[] { 64, 128, 256, 512 })
                {
                    await cost.Run(ledger, committers, seconds);
                    await Finish(ledger);
                }
            }

            Console.WriteLine("With checkpoints at the usual limits:");
            await using var usual = await cost.Open(new LedgerLimits());
            foreach (var committers in new[] { 512, 512, 64 }) await cost.Run(usual, committers, seconds * 3);
            await Finish(usual);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task Fill(SqliteLedger ledger)
    {
        await Report("fill, 512 committers", ledger, () => Commit(ledger, 512, (_, lane, turn) =>
        {
            var index = (turn * 512) + lane;
            return index < _customers.Length ? index : -1;
        }));
        await Finish(ledger);
        Console.WriteLine($"  the file has {new FileInfo(_path).Length / 1e6:F0} MB");
    }

    private async Task Run(SqliteLedger ledger, int committers, int seconds)
    {
        var share = _customers.Length / committers;
        var end = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        await Report($"{committers} committers", ledger, () => Commit(
            ledger,
            committers,
            (random, lane, _) => Stopwatch.GetTimestamp() < end ? (lane * share) + random.Next(share) : -1));
    }

    /// <summary>Leaves an empty journal to the next run; its deltas could not be folded, because they are only bytes.</summary>
    private static async Task Finish(SqliteLedger ledger)
    {
        var start = Stopwatch.GetTimestamp();
        var rows = ledger.Statistics.CheckpointRows;
        while (ledger.Statistics.MemTableRows > 0)
        {
            await ledger.BeginCheckpoint();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"  {"",-28}checkpoint alone: {ledger.Statistics.CheckpointRows - rows:N0} rows in {elapsed:F1} s");
    }

    private async Task<SqliteLedger> Open(LedgerLimits limits)
    {
        var ledger = new SqliteLedger(new SqliteLedgerOptions(_path) { Limits = limits });
        await ledger.Open(CancellationToken.None);
        return ledger;
    }

    private async Task<List<long>[]> Commit(SqliteLedger ledger, int committers, Func<Random, int, int, int> choose)
    {
        var lanes = Enumerable.Range(0, committers).Select(lane => Task.Run(async () =>
        {
            var random = new Random(lane);
            var latencies = new List<long>();
            for (var turn = 0; ; turn++)
            {
                var index = choose(random, lane, turn);
                if (index < 0) return latencies;
                var start = Stopwatch.GetTimestamp();
                var outcome = await ledger.Commit(Change(index, turn));
                latencies.Add(Stopwatch.GetTimestamp() - start);
                if (outcome is not Committed) throw new InvalidOperationException($"Unexpected: {outcome}");
            }
        }));
        return await Task.WhenAll(lanes);
    }

    private CustomerChange Change(int index, int turn)
    {
        var customer = _customers[index];
        var version = ++_versions[index];
        var at = Start.Plus(turn);
        IReadOnlyList<Transition> transitions = turn % 10 < 3
            ? [new Transition(customer, "lifecycle", "potential", "new", Direction.Upgrade, new Cause(CauseKind.Event), at, at)]
            : [];
        return new CustomerChange(customer, version, [.. _state], _delta, Start.Plus(index), [], transitions);
    }

    /// <summary>A state with layers and measures, because a checkpoint reads them; what follows is never opened.</summary>
    private static byte[] State()
    {
        var layer = new LayerState(1, 0, Start, new Cause(CauseKind.Event), Instant.Never);
        var customer = new Customer
        {
            EvaluatedAt = Start.Plus(MillisecondsPer.Day),
            Measures = [.. Enumerable.Repeat(100_000L, Measures)],
            Layers = [.. Enumerable.Repeat(layer, Schemes)],
        };
        var writer = new ByteWriter();
        CustomerCodec.Encode(writer, customer);
        return [.. writer.Written, .. new byte[StateBytes - writer.Length]];
    }

    private static async Task Report(string name, SqliteLedger ledger, Func<Task<List<long>[]>> run)
    {
        var before = Reading.Now(ledger.Statistics);
        var latencies = (await run()).SelectMany(list => list).Order().ToArray();
        var after = Reading.Now(ledger.Statistics);
        var (seconds, changes) = (after.Seconds - before.Seconds, (double)latencies.Length);
        Console.WriteLine(
            $"  {name,-20} {changes / seconds,8:N0} changes/s, {changes / (after.Groups - before.Groups):N0} a group; "
            + $"p50 {Milliseconds(latencies, 0.5):F2} p99 {Milliseconds(latencies, 0.99):F2} max {Milliseconds(latencies, 1):F0} ms; "
            + $"{(after.Bytes - before.Bytes) / changes:N0} B written a change; "
            + $"processor a change {(after.Lane - before.Lane) * 1e6 / changes:F2} us in the lane, "
            + $"{(after.Processor - before.Processor) * 1e6 / changes:F2} us in all; "
            + $"{after.Rows - before.Rows:N0} rows, {after.VersionReads - before.VersionReads:N0} versions read");
    }

    private static double Milliseconds(long[] sorted, double quantile) =>
        sorted[(int)Math.Min(sorted.Length - 1, quantile * sorted.Length)] * 1_000.0 / Stopwatch.Frequency;

    private sealed record Reading(
        double Seconds, double Processor, double Lane, long Bytes, long Groups, long Rows, long VersionReads)
    {
        private const double TicksPerSecond = 100;

        public static Reading Now(LedgerStatistics statistics) => new(
            (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency,
            Environment.CpuUsage.TotalTime.TotalSeconds,
            LaneSeconds(),
            BytesWritten(),
            statistics.Batches,
            statistics.CheckpointRows,
            statistics.VersionReads);

        /// <summary>What the system wrote to the disk for this process; 0 where it does not say.</summary>
        private static long BytesWritten() =>
            OperatingSystem.IsLinux() ? long.Parse(File.ReadLines("/proc/self/io").First(IsWritten).Split(' ')[1]) : 0;

        private static bool IsWritten(string line) => line.StartsWith("write_bytes", StringComparison.Ordinal);

        /// <summary>Processor time of the lane's thread; 0 where the system does not say.</summary>
        private static double LaneSeconds()
        {
            if (!OperatingSystem.IsLinux()) return 0;
            var ticks = 0L;
            foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
            {
                if (File.ReadAllText(Path.Combine(task, "comm")).Trim() != "ledger lane") continue;
                var fields = File.ReadAllText(Path.Combine(task, "stat")).Split(") ")[1].Split(' ');
                ticks += long.Parse(fields[11]) + long.Parse(fields[12]);
            }

            return ticks / TicksPerSecond;
        }
    }
}
