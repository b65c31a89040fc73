using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>Configuration and alerts, checked and tested by Prometheus' own tool on made-up series.</summary>
public sealed class AlertsInPrometheusTests
{
    private const string Rules = "alerts.yml";
    private static readonly InstalledProgram Promtool = new("promtool", "prometheus");

    public static TheoryData<string> Tests => [.. PrometheusFolder.Tests];

    [Fact]
    public async Task AreUnderstoodWithTheConfigurationThatNamesThem()
    {
        using var folder = new PrometheusFolder();

        var (code, said) = await Promtool.Run("check", "config", "--lint=all", "--lint-fatal", folder.In("prometheus.yml"));
        code.ShouldBe(0, said);
        said.ShouldContain($"{Alerts.All.Count} rules found");

        // Proves that the check above would have found a mistake.
        File.Delete(folder.In(Rules));
        (await Promtool.Run("check", "config", folder.In("prometheus.yml"))).Code.ShouldNotBe(0);
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public async Task AreRaisedWhenTheyShouldAndOnlyThen(string file)
    {
        using var folder = new PrometheusFolder();

        var (code, said) = await Promtool.Run("test", "rules", folder.In($"tests/{file}"));
        code.ShouldBe(0, said);
    }

    [Fact]
    public void AreEachExpectedAndEachNotExpectedByATest()
    {
        var expectations = PrometheusFolder.Tests.SelectMany(file => Tree.ReadOne($"deploy/prometheus/tests/{file}")["tests"].Items)
            .SelectMany(test => test["alert_rule_test"].Items).ToLookup(tried => tried["alertname"].Text!, tried => tried["exp_alerts"].Items.Count);
        var names = Alerts.All.Select(alert => alert["alert"].Text!).ToList();

        expectations.Select(expected => expected.Key).ShouldBe(names, ignoreOrder: true);
        foreach (var name in names)
        {
            expectations[name].ShouldContain(0, name);
            expectations[name].ShouldContain(1, name);
        }
    }

    [Theory]
    [InlineData("expr", "vector(0) > 1")]
    [InlineData("for", "0s")]
    public async Task AreMissedByTheTestsWhenTheyAreNeverRaisedOrAtOnce(string key, string value)
    {
        using var folder = new PrometheusFolder();
        foreach (var alert in Alerts.All.Where(alert => alert[key].Exists).Select(alert => alert[key].Text!).Distinct())
            folder.Change(Rules, $"        {key}: {alert}\n", $"        {key}: {value}\n");

        var (_, said) = await Promtool.Run(["test", "rules", .. PrometheusFolder.Tests.Select(file => folder.In($"tests/{file}"))]);
        foreach (var alert in Alerts.All.Where(alert => alert[key].Exists)) said.ShouldContain($"alertname: {alert["alert"].Text},");
    }
}
