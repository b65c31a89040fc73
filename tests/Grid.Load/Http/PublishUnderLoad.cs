using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Grid.Load.Http;

/// <summary>
/// Whether events wait for a publication: a steady load that leaves the machine room, and in the midst of it a rulebook with a new
/// measure that moves everybody. The waits before, while and after are of one run, so their ratios hold on a shared machine.
/// </summary>
internal sealed class PublishUnderLoad(HttpCostOptions options, ServerProcess server)
{
    private const int EventsPerSecond = 2_000;

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
            using var server = await ServerProcess.Start(options.Server, data);
            if ((int)await server.Metric("grid_customers") == 0) await Fill.Send(server, options.Customers);
            await new PublishUnderLoad(options, server).Run();
            await server.Kill();
        }
        finally
        {
            if (options.Data is null) Directory.Delete(data, recursive: true);
        }

        return 0;
    }

    private async Task Run()
    {
        var random = new Random(7);
        var interval = TimeSpan.FromSeconds((double)PreparedBatch.Events * options.Connections / EventsPerSecond);
        var senders = Enumerable.Range(0, options.Connections).Select(connection => new BatchSender(
            server.Port,
            [.. Enumerable.Range(0, 64).Select(number => PreparedBatch.Write(random, options.Customers, (connection * 64) + number))],
            interval)).ToArray();
        using var stopping = new CancellationTokenSource();
        var first = (uint)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var running = senders.Select(sender => Task.Run(() => sender.Run(first, stopping.Token))).ToArray();
        HttpCost.Say($"{options.Customers:N0} customers, {EventsPerSecond:N0} events/s in batches of {PreparedBatch.Events}, "
            + $"{options.Connections} connections, {options.Seconds} s each");
        await Pass(options.Seconds);
        var before = await Span(() => Pass(options.Seconds));
        var during = await Span(Publish);
        var after = await Span(() => Pass(options.Seconds));
        await stopping.CancelAsync();
        await Task.WhenAll(running);

        var (quiet, moving, again) = (Waits(senders, before), Waits(senders, during), Waits(senders, after));
        Say("before", quiet, quiet);
        Say("while it moves", moving, quiet);
        Say("after", again, quiet);
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

    private static async Task<(long From, long To)> Span(Func<Task> what)
    {
        var from = Stopwatch.GetTimestamp();
        await what();
        return (from, Stopwatch.GetTimestamp());
    }

    private static Task Pass(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);

    private static double[] Waits(BatchSender[] senders, (long From, long To) span) =>
    [
        .. senders.SelectMany(sender => sender.Times).Where(time => time.At >= span.From && time.At < span.To)
            .Select(time => time.Took * 1_000.0 / Stopwatch.Frequency).Order(),
    ];

    private static void Say(string name, double[] waits, double[] quiet)
    {
        double At(double[] all, int percent) => all[Math.Min(all.Length - 1, all.Length * percent / 100)];
        HttpCost.Say($"{name,-15} {waits.Length,6:N0} batches: p50 {At(waits, 50),7:N1} ms ({At(waits, 50) / At(quiet, 50):N2}), "
            + $"p99 {At(waits, 99),7:N1} ms ({At(waits, 99) / At(quiet, 99):N2}), longest {waits[^1],7:N1} ms ({waits[^1] / quiet[^1]:N2})");
    }
}
