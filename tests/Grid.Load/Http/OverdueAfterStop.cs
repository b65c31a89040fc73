using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Model.Time;

namespace Grid.Load.Http;

/// <summary>
/// Measures how long the waking of customers takes who all fell due while the server was stopped, and how long events wait meanwhile. Each has one
/// order, which becomes 90 days old during the stop: that makes the customer lost in the scheme <c>lifecycle</c>.
/// </summary>
internal sealed class OverdueAfterStop(HttpCostOptions options, string data)
{
    private const long LostAfter = 90 * MillisecondsPer.Day;

    /// <summary>The stretch of time over which the deadlines are spread.</summary>
    private const long StopLength = MillisecondsPer.Minute;

    /// <summary>The import must end before the first deadline: a new customer costs a server 0.1 ms, because it enters every scheme.</summary>
    private const double FillMillisecondsPerCustomer = 0.15;

    public static async Task<int> Measure(HttpCostOptions options)
    {
        var data = options.Data ?? Directory.CreateTempSubdirectory("grid-load-").FullName;
        try
        {
            await new OverdueAfterStop(options, data).Run();
        }
        finally
        {
            if (options.Data is null) Directory.Delete(data, recursive: true);
        }

        return 0;
    }

    private async Task Run()
    {
        var first = Now.Plus((long)(options.Customers * FillMillisecondsPerCustomer) + (MillisecondsPer.Minute / 2));
        var last = first.Plus(StopLength);
        using (var server = await MeasuredServer.Start(options.Server, data))
        {
            await Fill.Send(server, options.Customers, orders: 1, first.Plus(-LostAfter), last.Plus(-LostAfter));
            if (await Lost(server) > 0) throw new InvalidOperationException("The fill took so long that some were due before its end.");
            server.Kill();
        }

        while (Now < last) await SteadyLoad.Pass(1);
        HttpCost.Say($"{options.Customers:N0} customers fell due within {StopLength / MillisecondsPer.Second} s of a stop");
        var (waking, warm, took) = await WorkOff();
        var cold = await WithNobodyOverdue(took);
        SteadyLoad.Say("while they wake", waking, cold);
        SteadyLoad.Say("after a start with nobody overdue, as long", cold, cold);
        SteadyLoad.Say("when all are awake", warm, cold);
    }

    /// <returns>How long batches waited while customers were woken, and for a while after that; how long the waking took.</returns>
    private async Task<(double[] Waking, double[] Warm, TimeSpan Took)> WorkOff()
    {
        using var server = await MeasuredServer.Start(options.Server, data);
        var watch = Stopwatch.StartNew();
        await using var load = new SteadyLoad(server, options);
        var most = server.OwnBytes;
        HttpCost.Say($"ready with {most / 1e6:N0} MB own");
        var during = await SteadyLoad.Span(async () =>
        {
            // Customers who have bought since the start are not lost any more, and some buy twice.
            while (await server.Metric("grid_deadline_lag_seconds") > 1 || await server.Metric("grid_customers") < options.Customers)
            {
                most = Math.Max(most, server.OwnBytes);
                await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            }
        });
        var took = watch.Elapsed;
        HttpCost.Say($"nobody is overdue after {took.TotalSeconds:N1} s: {options.Customers / took.TotalSeconds:N0} customers/s; "
            + $"{await Lost(server):N0} are lost");
        var after = await SteadyLoad.Span(() => SteadyLoad.Pass(options.Seconds));
        await load.Stop();
        HttpCost.Say($"memory: {most / 1e6:N0} MB own at most while they woke, {server.OwnBytes / 1e6:N0} MB after, with "
            + $"{await server.Metric("grid_resident_grains"):N0} grains in memory");
        server.Kill();
        return (load.Waits(during), load.Waits(after), took);
    }

    /// <summary>The reference for the waking: the same load on the same files for as long, also after a kill, without customers in memory.</summary>
    private async Task<double[]> WithNobodyOverdue(TimeSpan took)
    {
        using var server = await MeasuredServer.Start(options.Server, data);
        await using var load = new SteadyLoad(server, options);
        var span = await SteadyLoad.Span(() => SteadyLoad.Pass((int)took.TotalSeconds));
        await load.Stop();
        server.Kill();
        return load.Waits(span);
    }

    private static Instant Now => Instant.From(TimeProvider.System.GetUtcNow());

    private static async Task<long> Lost(MeasuredServer server)
    {
        var segment = await server.Http.GetFromJsonAsync<JsonElement>("/v1/segments/lifecycle");
        return segment.GetProperty("counts").EnumerateArray().Single(layer => layer.GetProperty("layer").GetString() == "lost")
            .GetProperty("count").GetInt64();
    }
}
