using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>
/// The rules for alerts. <see cref="PrometheusOfOperatorsTests"/> checks that their queries have answers, <see cref="AlertsInPrometheusTests"/>
/// that they fire in time.
/// </summary>
public sealed class AlertsOfOperatorsTests
{
    [Fact]
    public void AreExactlyTheAlarmsOfTheRunbook() =>
        Runbook.Alarms.ShouldBe(Alerts.All.Select(alert => alert["alert"].Text!), ignoreOrder: true);

    [Fact]
    public void SayWhatIsWrongAndWhereToReadOn()
    {
        foreach (var alert in Alerts.All)
        {
            var name = alert["alert"].Text!;
            alert["labels/severity"].Text.ShouldBeOneOf("critical", "warning");
            alert["annotations/summary"].Text!.Any(c => c is >= '\u4e00' and <= '\u9fff').ShouldBeTrue(name);
            alert["annotations/runbook"].Text.ShouldBe($"{Runbook.File}#{name.ToLowerInvariant()}");
            alert.Entries.Select(entry => entry.Key).Except(["alert", "expr", "for", "labels", "annotations"]).ShouldBeEmpty();
        }
    }

    [Fact]
    public void HaveAMeaningAndAnAdviceEach()
    {
        foreach (var alarm in Runbook.Alarms)
        {
            var text = Runbook.Source.Lines.SkipWhile(line => line != $"### {alarm}").Skip(1).TakeWhile(line => !line.StartsWith('#'));
            string.Join(' ', text).Length.ShouldBeGreaterThan(120, alarm);
        }
    }

    [Fact]
    public void AreWherePrometheusLooksForThem()
    {
        var prometheus = Composition.Read("deploy/compose.yaml")["prometheus"];
        var settings = Tree.ReadOne("deploy/prometheus/prometheus.yml");
        var folder = prometheus.Mounts().Single(mount => mount.Value == "deploy/prometheus").Key;

        prometheus.Command.ShouldContain($"--config.file={folder}/prometheus.yml");
        prometheus.Command.ShouldContain($"--storage.tsdb.path={prometheus.Mounts().Single(mount => !mount.Value.Contains('/')).Key}");
        var secret = prometheus.Secrets.ShouldHaveSingleItem();
        settings["scrape_configs"].Items.Single()["authorization/credentials_file"].Text.ShouldBe($"/run/secrets/{secret}");
    }
}
