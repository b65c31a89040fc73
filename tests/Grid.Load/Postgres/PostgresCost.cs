using System.Diagnostics;
using Grid.Testing.Postgres;
using Npgsql;

namespace Grid.Load.Postgres;

/// <summary>
/// Measures durable changes of existing customers on PostgreSQL, through the ledger and, for comparison, by the pattern of ordinary grain storage, in
/// one run on one server with the same settings. Random customers; the server flushes every commit.
/// </summary>
internal sealed class PostgresCost(PostgresCostOptions options, string connectionString, int? server)
{
    /// <summary>Of a server of our own.</summary>
    public static readonly string[] Settings =
    [
        "shared_buffers = 6GB",
        "max_wal_size = 24GB",
        "min_wal_size = 8GB",
        "checkpoint_timeout = 60min",
        "wal_buffers = 64MB",
        "wal_compression = lz4",
        "max_connections = 300",
    ];

    /// <summary>Changes before the measurement, enough for the JIT to reach its final code.</summary>
    private const int WarmSeconds = 8;

    private const int Rounds = 3;

    public static async Task<int> Measure(PostgresCostOptions options)
    {
        if (options.Connection is { } given) return await Measure(options, given, null);
        if (!PostgresServer.IsInstalled)
        {
            Console.Error.WriteLine("PostgreSQL is not installed; give the connection string of a server.");
            return 1;
        }

        await using var server = await PostgresServer.Start(Settings);
        Console.WriteLine($"A server of our own: {string.Join(", ", Settings)}; the rest as it comes,");
        Console.WriteLine("so that synchronous_commit, fsync and full_page_writes are on.");
        return await Measure(options, server.ConnectionString, server.ProcessId);
    }

    private static async Task<int> Measure(PostgresCostOptions options, string connectionString, int? server)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "grid_load", Pooling = true };
        await Execute(connectionString, "CREATE SCHEMA grid_load");
        try
        {
            await new PostgresCost(options, settings.ConnectionString, server).Measure();
            return 0;
        }
        finally
        {
            await Execute(connectionString, "DROP SCHEMA grid_load CASCADE");
        }
    }

    private async Task Measure()
    {
        var states = new CustomerStates(options.Customers);
        Console.WriteLine($"{options.Customers:N0} customers, {states.StateBytes:N0} bytes of state and {states.TransitionsEach:F2} transitions a change, "
            + $"{Environment.ProcessorCount} processors for both sides, load average {LoadAverage()}");
        if (server is not null) await WriteAheadFiles();
        await using var ledger = new LedgerPattern(connectionString, states);
        await using var stock = new StockPattern(connectionString, states);
        await ledger.Fill();
        await stock.Fill();
        var most = options.Committers[^1];
        await ledger.Run(most, WarmSeconds);
        await stock.Run(WarmSeconds);
        await stock.RunPrepared(WarmSeconds);

        // The pages are new since the last checkpoint, so that no page is written whole: as late in a cycle of checkpoints.
        Console.WriteLine("Late after a checkpoint:");
        foreach (var committers in options.Committers[..^1]) await Ledger(committers);
        List<(double Stock, double Prepared)> ratios = [];
        for (var round = 0; round < Rounds; round++) ratios.Add(await Round());
        Console.WriteLine($"  medians of the ratios {Median(ratios.Select(ratio => ratio.Stock)):F1} and {Median(ratios.Select(ratio => ratio.Prepared)):F1}");

        Console.WriteLine("Right after a checkpoint, when each page is written whole once:");
        await Execute(connectionString, "CHECKPOINT");
        await Round();
        Console.WriteLine($"  load average {LoadAverage()}");

        // The runs alternate, so that other load of the machine affects both.
        async Task<(double Stock, double Prepared)> Round()
        {
            var ours = await Ledger(most);
            var usual = ours / await Report($"a statement a call, {StockPattern.Connections} connections", () => stock.Run(options.Seconds), null);
            var prepared = ours / await Report("the same prepared, connections kept", () => stock.RunPrepared(options.Seconds), null);
            Console.WriteLine($"  ratios {usual:F1} and {prepared:F1}");
            return (usual, prepared);
        }

        Task<double> Ledger(int committers) => Report($"ledger, {committers:N0} callers", () => ledger.Run(committers, options.Seconds), ledger);
    }

    /// <summary>A server that has run for a while uses the files of its write-ahead log again; a new one has to make them first.</summary>
    private async Task WriteAheadFiles()
    {
        var files = Math.Max(50, options.Customers / 2_500);
        const string Fill = "SELECT count(pg_logical_emit_message(false, 'grid', repeat('x', 16000000))) FROM generate_series(1, ";
        await Execute(connectionString, $"{Fill}{files})");
        await Execute(connectionString, "CHECKPOINT");
    }

    /// <returns>Changes a second.</returns>
    private async Task<double> Report(string name, Func<Task<List<long>>> run, LedgerPattern? ledger)
    {
        var groups = ledger?.Statistics.Batches ?? 0;
        var (before, client) = (await ServerUsage.Now(connectionString, server), Environment.CpuUsage.TotalTime);
        var start = Stopwatch.GetTimestamp();
        var latencies = await run();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var (after, processor) = (await ServerUsage.Now(connectionString, server), (Environment.CpuUsage.TotalTime - client).TotalSeconds);
        latencies.Sort();
        double changes = latencies.Count;
        var (wal, theirs) = ((after.WalBytes - before.WalBytes) / changes, after.ProcessorSeconds - before.ProcessorSeconds);
        var hot = 100.0 * (after.HotUpdates - before.HotUpdates) / Math.Max(1, after.Updates - before.Updates);
        var size = ledger is null ? "" : $"; {changes / (ledger.Statistics.Batches - groups):N0} a group";
        Console.WriteLine(
            $"  {name,-38} {changes / seconds,8:N0} changes/s; p50 {Milliseconds(latencies, 0.5):F1} p99 {Milliseconds(latencies, 0.99):F1} "
            + $"max {Milliseconds(latencies, 1):F0} ms; {wal:N0} B of WAL a change; processor a change {processor * 1e6 / changes:F1} us here, "
            + $"{theirs * 1e6 / changes:F1} us in the server{size}; {hot:F0} % HOT");
        return changes / seconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static double Milliseconds(List<long> sorted, double quantile) =>
        sorted[(int)Math.Min(sorted.Count - 1, quantile * sorted.Count)] * 1_000.0 / Stopwatch.Frequency;

    private static string LoadAverage() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
