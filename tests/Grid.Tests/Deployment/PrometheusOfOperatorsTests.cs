using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>A real Prometheus with our configuration beside a real server runs the queries of dashboard and alerts.</summary>
public sealed partial class PrometheusOfOperatorsTests(WatchedServer server) : IClassFixture<WatchedServer>
{
    [Fact]
    public async Task AnswersEveryQueryOfDashboardAndAlerts()
    {
        PrometheusServer.Program.SkipUnlessInstalled();
        await using var prometheus = await PrometheusServer.Start(server.Http.BaseAddress!.Authority);
        await Watched(prometheus);

        foreach (var (query, legend) in Dashboard.Targets())
        {
            var series = await Answered(prometheus, query);
            foreach (Match label in Label().Matches(legend)) series.ShouldAllBe(one => one.Labels.ContainsKey(label.Groups["name"].Value), query);
        }

        foreach (var compared in Alerts.All.Select(alert => Comparison().Split(alert["expr"].Text!)[0])) await Answered(prometheus, compared);
        await KnowsTheSchemes(prometheus);
        await WakesNobody(prometheus);
    }

    /// <summary>Waits until Prometheus has scraped the server after the test sent events.</summary>
    private async Task Watched(PrometheusServer prometheus)
    {
        await prometheus.Until(() => prometheus.Query("up{job=\"grid\"} == 1"), series => series.Count == 1, "the server to be up");
        await prometheus.Until(() => prometheus.Query("grid_events_total"), series => series.Count == 3, "the first counts");
        var calls = Enumerable.Range(0, 20).Select(n => $$"""
            {
                "type": "track", "userId": "u{{n}}", "messageId": "n{{n}}", "event": "Order Completed",
                "properties": { "order_id": "n{{n}}", "total": 9, "currency": "CNY" }
            }
            """);
        (await server.Ask(HttpMethod.Post, "/v1/batch", $$"""{ "batch": [{{string.Join(',', calls)}}] }""")).EnsureSuccessStatusCode();
        await prometheus.Until(
            () => prometheus.Query("sum(increase(grid_events_total{outcome=\"accepted\"}[5m]))"), sum => sum is [{ Value: > 0 }], "events to be seen");
    }

    private static async Task<IReadOnlyList<(Dictionary<string, string> Labels, double Value)>> Answered(PrometheusServer prometheus, string query)
    {
        // An alert on a missing series has no answer while the series exists.
        var asked = query.StartsWith("absent(", StringComparison.Ordinal) ? query["absent(".Length..^1] : query;
        var filled = asked.Replace("$__rate_interval", "5m").Replace("$scheme", Dashboard.Variable("scheme"));
        return await prometheus.Until(
            () => prometheus.Query(filled), series => series.Count > 0 && series.All(one => double.IsFinite(one.Value)), $"numbers in answer to {filled}");
    }

    /// <summary>The query by which Grafana fills the list of schemes.</summary>
    private static async Task KnowsTheSchemes(PrometheusServer prometheus)
    {
        var asked = LabelValues().Match(Dashboard.Definition("scheme")).Groups;
        var schemes = await prometheus.Get($"label/{asked["label"].Value}/values?match[]={asked["metric"].Value}");
        schemes.Deserialize<string[]>().ShouldNotBeNull().ShouldContain(Dashboard.Variable("scheme"));
    }

    private static async Task WakesNobody(PrometheusServer prometheus)
    {
        var rules = await prometheus.Until(
            async () => (await prometheus.Get("rules")).GetProperty("groups").EnumerateArray()
                .SelectMany(group => group.GetProperty("rules").EnumerateArray()).ToList(),
            rules => rules.Count > 0 && rules.TrueForAll(rule => rule.GetProperty("health").GetString() != "unknown"),
            "every alert to be looked at");

        rules.Select(rule => rule.GetProperty("name").GetString()).ShouldBe(Alerts.All.Select(alert => alert["alert"].Text));
        rules.ShouldAllBe(rule => rule.GetProperty("health").GetString() == "ok");
        rules.Where(rule => rule.GetProperty("state").GetString() == "firing").Select(rule => rule.GetProperty("name").GetString()).ShouldBeEmpty();
    }

    /// <summary>The operator between an alert's measured value and its threshold.</summary>
    [GeneratedRegex(" (==|>|<) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"\{\{\s*(?<name>\w+)\s*\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^label_values\((?<metric>\w+), (?<label>\w+)\)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LabelValues();
}
