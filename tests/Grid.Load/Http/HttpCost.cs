using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Grid.Load.Postgres;
using Grid.Testing.Postgres;
using Npgsql;

namespace Grid.Load.Http;

/// <summary>
/// Measures a durable event from socket to disk: a real server process with many customers, loaded over HTTP in batches of 100. On a shared machine
/// the processor time per event tells more than events per second.
/// </summary>
internal sealed class HttpCost(HttpCostOptions options, string data, int? postgres)
{
    private const int BatchesPrepared = 2_048;

    public static async Task<int> Measure(HttpCostOptions options)
    {
        if (!File.Exists(options.Server))
        {
            await Console.Error.WriteLineAsync($"{options.Server} is not there; build it: dotnet build -c Release src/Grid.Server");
            return 2;
        }

        if (options.Postgres != HttpCostOptions.OwnPostgres) return await Measure(options, null);
        await using var database = await PostgresServer.Start(PostgresCost.Settings);
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = true };
        return await Measure(options with { Postgres = settings.ConnectionString }, database.ProcessId);
    }

    private static async Task<int> Measure(HttpCostOptions options, int? postgres)
    {
        var data = options.Data ?? Directory.CreateTempSubdirectory("grid-load-").FullName;
        try
        {
            await new HttpCost(options, data, postgres).Run();
        }
        finally
        {
            if (options.Data is null) Directory.Delete(data, recursive: true);
        }

        return 0;
    }

    private async Task Run()
    {
        var isFilled = options.Postgres is null && File.Exists(Path.Combine(data, "grid.db"));
        using (var server = await MeasuredServer.Start(options.Server, data, options.Postgres))
        {
            Say($"server process {server.Id}, data in {data}");
            if (!isFilled && (int)await server.Metric("grid_customers") == 0) await FillIn(server);
            await Complete(server);
            await new LoadRun(options, server, postgres).Run(BatchesPrepared);
            await Weigh(server);
            server.Kill();
        }

        var watch = Stopwatch.StartNew();
        using var again = await MeasuredServer.Start(options.Server, data, options.Postgres);
        Say($"killed and started again: ready after {watch.Elapsed.TotalSeconds:N1} s, "
            + $"{again.ProcessorTime.TotalSeconds:N1} s of processor");
        await Complete(again);
        await Audit(again);
        again.Kill();
    }

    private async Task FillIn(MeasuredServer server)
    {
        var orders = (double)options.Customers * HttpCostOptions.OrdersPerCustomer;
        var (cpu, written, watch) = (server.ProcessorTime, server.WrittenBytes, Stopwatch.StartNew());
        await Fill.Send(server, options.Customers);
        var used = server.ProcessorTime - cpu;
        Say($"fill: {options.Customers:N0} customers, {orders:N0} orders by /v1/import: "
            + $"{orders / watch.Elapsed.TotalSeconds:N0} orders/s, "
            + $"{used.TotalMicroseconds / orders:N2} µs of processor and "
            + $"{(server.WrittenBytes - written) / orders:N0} bytes written an order");
    }

    /// <summary>A server is ready before its partitions are filled.</summary>
    private async Task Complete(MeasuredServer server)
    {
        var watch = Stopwatch.StartNew();
        while ((int)await server.Metric("grid_customers") < options.Customers) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        Say($"all customers known {watch.Elapsed.TotalSeconds:N1} s later");
    }

    private async Task Weigh(MeasuredServer server)
    {
        var residents = await server.Metric("grid_resident_grains");
        var customers = await server.Metric("grid_customers");
        var file = new DirectoryInfo(data).EnumerateFiles().Sum(file => file.Length);
        Say($"memory: {server.OwnBytes / 1e6:N0} MB own with {residents:N0} grains of {customers:N0} customers in memory: "
            + $"{server.OwnBytes / residents:N0} bytes a resident customer, all of the process counted");
        if (options.Postgres is null) Say($"files: {file / 1e6:N0} MB, {file / customers:N0} bytes a stored customer, journal and log included");
    }

    private static async Task Audit(MeasuredServer server)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await server.Http.PostAsync(new Uri("/v1/audit", UriKind.Relative), null);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException(text);
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        Say($"audit: {watch.Elapsed.TotalSeconds:N1} s over {root.GetProperty("customers").GetInt64():N0} customers, "
            + $"difference {root.GetProperty("difference").GetInt64()}, wrong layers {root.GetProperty("wrongLayers").GetInt64()}");
    }

    internal static void Say(string line) => Console.WriteLine(line);
}
