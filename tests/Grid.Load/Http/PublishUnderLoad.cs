using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Grid.Load.Http;

/// <summary>
/// Measures whether events wait for a publication: a steady load, and in the middle of it a rulebook with a new measure that moves every customer.
/// </summary>
internal sealed class PublishUnderLoad(HttpCostOptions options, MeasuredServer server)
{
    private const string Buyers = """
        id: buyers
        name: { zh: 购买者, en: Buyers }
        description: { zh: 压测, en: For a load test }
        layers:
          - { id: rest, name: { zh: 其他, en: Rest }, playbook: { zh: 观察, en: Watch } }
          - { id: many, name: { zh: 多次, en: Many }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: many, when: "topPercent(spend, 60d) <= 15%" }
          - { layer: rest }
        """;

    private int _asked;
    private int _wrong;

    public static async Task<int> Measure(HttpCostOptions options)
    {
        var data = options.Data ?? Directory.CreateTempSubdirectory("grid-load-").FullName;
        try
        {
            using var server = await MeasuredServer.Start(options.Server, data);
            if ((int)await server.Metric("grid_customers") == 0) await Fill.Send(server, options.Customers);
            await new PublishUnderLoad(options, server).Run();
            server.Kill();
        }
        finally
        {
            if (options.Data is null) Directory.Delete(data, recursive: true);
        }

        return 0;
    }

    private async Task Run()
    {
        await using var load = new SteadyLoad(server, options);
        HttpCost.Say($"{options.Customers:N0} customers, {SteadyLoad.EventsPerSecond:N0} events/s in batches of {PreparedBatch.Events}, "
            + $"{options.Connections} connections, {options.Seconds} s each");
        await SteadyLoad.Pass(options.Seconds);
        var before = await SteadyLoad.Span(() => SteadyLoad.Pass(options.Seconds));
        var during = await SteadyLoad.Span(Publish);
        var after = await SteadyLoad.Span(() => SteadyLoad.Pass(options.Seconds));
        await load.Stop();

        var quiet = load.Waits(before);
        SteadyLoad.Say("before", quiet, quiet);
        SteadyLoad.Say("while it moves", load.Waits(during), quiet);
        SteadyLoad.Say("after", load.Waits(after), quiet);
        HttpCost.Say($"counts per rulebook asked {_asked} times meanwhile, {_wrong} times not the population");
    }

    private async Task Publish()
    {
        var watch = Stopwatch.StartNew();
        using var answer = await server.Http.PostAsJsonAsync(
            "/v1/rulebooks", new { replace = new[] { new { file = "buyers.yaml", yaml = Buyers } }, author = "load" });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        HttpCost.Say($"published after {watch.Elapsed.TotalSeconds:N1} s");
        while (!await IsComplete()) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        HttpCost.Say($"everybody moved after {watch.Elapsed.TotalSeconds:N1} s: {options.Customers / watch.Elapsed.TotalSeconds:N0} customers/s");
    }

    private async Task<bool> IsComplete()
    {
        var sweep = (await server.Http.GetFromJsonAsync<JsonElement>("/v1/rulebooks")).GetProperty("sweep");
        var customers = sweep.GetProperty("customers").GetInt64();
        _asked++;
        if (Sum(sweep.GetProperty("byRulebook"), "customers") != customers) _wrong++;
        foreach (var share in (await server.Http.GetFromJsonAsync<JsonElement>("/v1/segments/lifecycle")).GetProperty("byRulebook").EnumerateArray())
            if (Sum(share.GetProperty("counts"), "count") != share.GetProperty("customers").GetInt64())
                _wrong++;
        return sweep.GetProperty("complete").GetBoolean();
    }

    private static long Sum(JsonElement list, string name) => list.EnumerateArray().Sum(one => one.GetProperty(name).GetInt64());
}
