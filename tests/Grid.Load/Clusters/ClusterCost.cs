using System.Diagnostics;
using Grid.Grains;
using Grid.Grains.Customers;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Server.Configuration;
using Grid.Server.Silos;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Load.Clusters;

/// <summary>
/// Measures durable events that a client of the cluster records, one order a call: without HTTP and parsing, only the grains and below.
/// </summary>
internal sealed class ClusterCost(ClusterCostOptions options, IGrainFactory grains)
{
    // Orders of another run have other ids, so that a database that is used again sees new events.
    private readonly long _run = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    private long _answered;

    public static async Task<int> Measure(ClusterCostOptions options)
    {
        using var cluster = await ClusterClient.Connect(new GridOptions { Postgres = options.Postgres }, CancellationToken.None);
        if (cluster is null)
        {
            await Console.Error.WriteLineAsync("No silo is alive on this database; start one: Grid.Server serve --postgres …");
            return 2;
        }

        await new ClusterCost(options, cluster.Services.GetRequiredService<IGrainFactory>()).Run();
        await cluster.StopAsync();
        return 0;
    }

    private async Task Run()
    {
        using var stopping = new CancellationTokenSource();
        var callers = Enumerable.Range(0, options.Calls).Select(number => Task.Run(() => Call(number, stopping.Token))).ToArray();
        await Pass(ClusterCostOptions.WarmSeconds, callers);
        var (began, before, own) = (Stopwatch.GetTimestamp(), Interlocked.Read(ref _answered), Environment.CpuUsage.TotalTime);
        await Pass(options.Seconds, callers);
        var (seconds, events) = (Stopwatch.GetElapsedTime(began).TotalSeconds, Interlocked.Read(ref _answered) - before);
        var used = Environment.CpuUsage.TotalTime - own;
        await stopping.CancelAsync();
        var times = (await Task.WhenAll(callers)).SelectMany(list => list).Where(time => time.At >= began)
            .Select(time => time.Took * 1_000.0 / Stopwatch.Frequency).Order().ToArray();
        Console.WriteLine(
            $"{options.Calls} calls at a time, {options.Customers:N0} customers, {seconds:N0} s: {events / seconds:N0} durable events/s; "
            + $"a call takes p50 {At(times, 0.5):N1} ms, p99 {At(times, 0.99):N1} ms, longest {times[^1]:N1} ms; "
            + $"{used.TotalMicroseconds / events:N1} µs of processor an event in the client");
    }

    private static Task<Task> Pass(int seconds, Task[] callers) =>
        Task.WhenAny([Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System), .. callers]);

    private async Task<List<(long At, long Took)>> Call(int caller, CancellationToken stopping)
    {
        var random = new Random(caller);
        var times = new List<(long At, long Took)>();
        for (var turn = 0; !stopping.IsCancellationRequested; turn++)
        {
            var id = $"{_run}-{caller}-{turn}";
            var now = Instant.From(TimeProvider.System.GetUtcNow());
            var customer = new CustomerId($"cluster-{random.Next(options.Customers):D8}");
            var began = Stopwatch.GetTimestamp();
            var reply = await grains.Customer(customer).Record(new FactBatch([new OrderPaid(now, MessageKey.From(id), id, random.Next(100, 99_999))]));
            times.Add((began, Stopwatch.GetTimestamp() - began));
            if (reply.Outcomes[0] != FactOutcome.Accepted) throw new InvalidOperationException($"{customer}: {reply.Outcomes[0]}");
            Interlocked.Increment(ref _answered);
        }

        return times;
    }

    private static double At(double[] sorted, double quantile) => sorted[(int)Math.Min(sorted.Length - 1, quantile * sorted.Length)];
}
