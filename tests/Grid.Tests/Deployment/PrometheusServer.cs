using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;

namespace Grid.Tests.Deployment;

/// <summary>
/// Prometheus with our configuration, on a port of its own, scraping one server. A shell watches over it: when the process that started it ends, even
/// by a crash, the shell's input ends, and it stops Prometheus.
/// </summary>
internal sealed partial class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly PrometheusFolder _folder;
    private readonly Process _watch;

    private PrometheusServer(PrometheusFolder folder, Process watch) => (_folder, _watch) = (folder, watch);

    public static InstalledProgram Program { get; } = new("prometheus", "prometheus");

    private HttpClient Http { get; } = new();

    /// <param name="target">Address and port to be scraped instead of those that compose has.</param>
    public static async Task<PrometheusServer> Start(string target)
    {
        var folder = new PrometheusFolder();
        folder.Change("prometheus.yml", """["grid-1:5080", "grid-2:5080", "grid-3:5080"]""", $"""["{target}"]""");
        foreach (var setting in new[] { "scrape_interval: 10s", "scrape_timeout: 8s", "evaluation_interval: 10s" })
            folder.Change("prometheus.yml", setting, $"{setting.Split(' ')[0]} 1s");
        var watch = new ProcessStartInfo("sh", ["-c", Watch, "watch", folder.Folder]) { RedirectStandardInput = true, UseShellExecute = false };
        var server = new PrometheusServer(folder, Process.Start(watch)!);
        server.Http.BaseAddress = new Uri($"http://{await server.Until(server.Listening, address => address is not null, "Prometheus to be ready")}/api/v1/");
        return server;
    }

    /// <summary>The series of an answer, each with its labels and its present value.</summary>
    public async Task<IReadOnlyList<(Dictionary<string, string> Labels, double Value)>> Query(string query)
    {
        var data = await Get($"query?query={Uri.EscapeDataString(query)}");
        if (data.GetProperty("resultType").GetString() != "vector") throw new FormatException($"{query} is answered by no series.");
        return [.. data.GetProperty("result").EnumerateArray().Select(series => (Labels(series.GetProperty("metric")), Number(series.GetProperty("value"))))];
    }

    /// <summary>The answer of Prometheus, which must be a success.</summary>
    public async Task<JsonElement> Get(string path)
    {
        using var answer = await Http.GetAsync(path);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("status").GetString().ShouldBe("success", $"{path}: {body}");
        return body.GetProperty("data");
    }

    /// <summary>Polls until an answer satisfies a condition.</summary>
    public async Task<T> Until<T>(Func<Task<T>> ask, Func<T, bool> hoped, string what)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (hoped(answer)) return answer;
            if (TimeProvider.System.GetElapsedTime(begun) > GridApplication.Patience)
                throw new TimeoutException($"waited {GridApplication.Patience} for {what}; Prometheus said:\n{await Log()}");
            await Task.Delay(BetweenLooks, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _watch.StandardInput.Close();
        await _watch.WaitForExitAsync().WaitAsync(GridApplication.Patience);
        _watch.Dispose();
        _folder.Dispose();
    }

    private static Dictionary<string, string> Labels(JsonElement metric) => metric.Deserialize<Dictionary<string, string>>()!;

    /// <summary>A pair of a time and a number as text.</summary>
    private static double Number(JsonElement value) => double.Parse(value[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Its address, once it answers there with more than that it is starting.</summary>
    private async Task<string?> Listening()
    {
        var log = await Log();
        return log.Contains("Server is ready to receive web requests") ? ListeningOn().Match(log).Groups["address"].Value : null;
    }

    private async Task<string> Log() => File.Exists(_folder.In("log")) ? await File.ReadAllTextAsync(_folder.In("log")) : "";

    [GeneratedRegex("""msg="Listening on".* address=(?<address>[0-9.:]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListeningOn();

    // Interrupts are for the tests; the watching shell ends with its input.
    private const string Watch = """
        trap '' INT TERM HUP
        cd "$1"
        prometheus --config.file=prometheus.yml --storage.tsdb.path=data --web.listen-address=127.0.0.1:0 >log 2>&1 </dev/null &
        cat >/dev/null
        kill $!
        wait $!
        """;
}
