using System.Diagnostics;
using Grid.Load.Postgres;

namespace Grid.Load.Http;

/// <summary>Some seconds of load from several connections, and what both sides used meanwhile.</summary>
internal sealed class LoadRun(HttpCostOptions options, MeasuredServer server, int? postgres)
{
    private readonly List<Second> _seconds = [];

    private readonly record struct Second(long Events, double ProcessorMicroseconds, double Length, bool Checkpoint);

    public async Task Run(int batches)
    {
        var random = new Random(5);
        var prepared = Enumerable.Range(0, batches).Select(number => PreparedBatch.Write(random, options.Customers, number)).ToArray();
        var senders = prepared.Chunk(Math.Max(1, batches / options.Connections)).Take(options.Connections)
            .Select(part => new BatchSender(server.Port, part)).ToArray();

        // Rounds differ from run to run, so that a folder that is used again sees new events.
        var first = (uint)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var stopping = new CancellationTokenSource();
        var running = senders.Select(sender => Task.Run(() => sender.Run(first, stopping.Token))).ToArray();
        var failed = Task.WhenAny(running);
        while (!failed.IsCompleted && Answered(senders) < HttpCostOptions.WarmEvents)
            await Task.WhenAny(failed, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));
        var began = Stopwatch.GetTimestamp();
        if (!failed.IsCompleted)
        {
            HttpCost.Say($"measuring {options.Seconds} s from {senders.Length} connections, batches of {PreparedBatch.Events}");
            await MeasureSeconds(senders, failed, began);
        }

        await stopping.CancelAsync();
        await Task.WhenAll(running);
        Latency(senders, began);
        Checkpoints();
    }

    private async Task MeasureSeconds(BatchSender[] senders, Task failed, long began)
    {
        var before = await Use.From(server);
        var databaseBefore = await Database();
        var (events, own) = (Answered(senders), Environment.CpuUsage.TotalTime);
        await Watch(senders, failed, before.Rows);
        var done = (double)(Answered(senders) - events);
        var length = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var ownUsed = (Environment.CpuUsage.TotalTime - own).TotalMicroseconds;
        var after = await Use.From(server);
        var database = await Database();
        var used = after.Processor - before.Processor;
        HttpCost.Say($"load: {done / length:N0} durable events/s; processor {used / done:N2} µs an event in the server, "
            + $"{ownUsed / done:N2} µs in the client; {used / length / 1e6:N2} + {ownUsed / length / 1e6:N2} cores");
        HttpCost.Say($"  of one event: {(after.Changes - before.Changes) / done:N3} changes, "
            + $"{(after.Moved - before.Moved) / done:N3} transitions; {(after.Written - before.Written) / done:N0} bytes written, of them "
            + $"{(after.Journal - before.Journal) / done:N0} journal and {(after.Log - before.Log) / done:N0} log");
        if (options.Postgres is not null)
            HttpCost.Say($"  of one event in the database: {(database.WalBytes - databaseBefore.WalBytes) / done:N0} bytes of its write-ahead log, "
                + $"{(database.ProcessorSeconds - databaseBefore.ProcessorSeconds) * 1e6 / done:N2} µs of processor");
    }

    private async Task<ServerUsage> Database() => options.Postgres is { } connection ? await ServerUsage.Now(connection, postgres) : default;

    /// <summary>What the server has used and done since it was started.</summary>
    private readonly record struct Use(
        double Processor, long Written, double Journal, double Log, double Rows, double Changes, double Moved)
    {
        public static async Task<Use> From(MeasuredServer server) => new(
            server.ProcessorTime.TotalMicroseconds,
            server.WrittenBytes,
            await server.Metric("grid_ledger_journal_bytes_total"),
            await server.Metric("grid_ledger_transition_bytes_total"),
            await server.Metric("grid_ledger_checkpoint_rows_total"),
            await server.Metric("grid_ledger_changes_total"),
            await server.Metric("grid_ledger_transitions_total"));
    }

    private async Task Watch(BatchSender[] senders, Task failed, double rows)
    {
        for (var second = 0; second < options.Seconds && !failed.IsCompleted; second++)
        {
            var (events, cpu, began) = (Answered(senders), server.ProcessorTime, Stopwatch.GetTimestamp());
            await Task.WhenAny(failed, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
            var used = (server.ProcessorTime - cpu).TotalMicroseconds;
            var done = Answered(senders) - events;
            var length = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var rowsNow = await server.Metric("grid_ledger_checkpoint_rows_total");
            _seconds.Add(new Second(done, used, length, rowsNow > rows));
            rows = rowsNow;
        }
    }

    private static void Latency(BatchSender[] senders, long began)
    {
        var times = senders.SelectMany(sender => sender.Times).Where(time => time.At >= began)
            .Select(time => time.Took * 1_000.0 / Stopwatch.Frequency).Order().ToArray();
        HttpCost.Say($"  a batch takes p50 {times[times.Length / 2]:N1} ms, p99 {times[times.Length * 99 / 100]:N1} ms, "
            + $"longest {times[^1]:N1} ms");
    }

    private void Checkpoints()
    {
        foreach (var group in _seconds.GroupBy(second => second.Checkpoint).OrderBy(group => group.Key))
        {
            var events = (double)group.Sum(second => second.Events);
            HttpCost.Say($"  in {group.Count()} seconds {(group.Key ? "with" : "without")} rows being written: "
                + $"{events / group.Sum(second => second.Length):N0} events/s, "
                + $"{group.Sum(second => second.ProcessorMicroseconds) / events:N2} µs an event");
        }
    }

    private static long Answered(BatchSender[] senders) => senders.Sum(sender => sender.Answered);
}
