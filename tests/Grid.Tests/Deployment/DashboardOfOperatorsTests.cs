using Grid.Tests.House;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The structure of the dashboard. <see cref="WhatIsWatchedTests"/> checks that its metrics exist.</summary>
public sealed class DashboardOfOperatorsTests
{
    private const int Columns = 24;

    [Fact]
    public void NamesEveryPanelInBothLanguages()
    {
        foreach (var panel in Dashboard.Panels)
        {
            var title = panel.GetProperty("title").GetString()!;
            title.ShouldContain(" · ");
            title.ShouldSatisfyAllConditions(() => title.Any(char.IsAsciiLetter).ShouldBeTrue(), () => title.Any(IsChinese).ShouldBeTrue());
            if (panel.GetProperty("type").GetString() == "row") continue;
            panel.GetProperty("description").GetString()!.Any(IsChinese).ShouldBeTrue(title);
        }
    }

    [Fact]
    public void PutsNoPanelOnAnother()
    {
        var taken = new HashSet<(int X, int Y)>();
        foreach (var panel in Dashboard.Panels)
        {
            var place = panel.GetProperty("gridPos");
            var (left, top) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
            var (width, height) = (place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
            (left + width).ShouldBeLessThanOrEqualTo(Columns);
            for (var x = left; x < left + width; x++)
                for (var y = top; y < top + height; y++)
                    taken.Add((x, y)).ShouldBeTrue(panel.GetProperty("title").GetString());
        }

        Dashboard.Panels.Select(panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique();
    }

    [Fact]
    public void AsksTheSourceThatIsChosenAbove()
    {
        var variables = Dashboard.Root.GetProperty("templating").GetProperty("list").EnumerateArray()
            .ToDictionary(variable => variable.GetProperty("name").GetString()!);

        variables["datasource"].GetProperty("type").GetString().ShouldBe("datasource");
        variables["datasource"].GetProperty("query").GetString().ShouldBe(Source["type"].Text);
        variables["datasource"].GetProperty("current").GetProperty("text").GetString().ShouldBe(Source["name"].Text);
        foreach (var panel in Dashboard.Panels.Where(panel => panel.GetProperty("type").GetString() != "row"))
        {
            panel.GetProperty("datasource").GetProperty("uid").GetString().ShouldBe("${datasource}");
            var texts = panel.GetRawText();
            foreach (var variable in texts.Split('$').Skip(1).Select(rest => new string([.. rest.TrimStart('{').TakeWhile(c => char.IsLetter(c) || c == '_')])))
                variables.Keys.Append("__rate_interval").ShouldContain(variable);
        }
    }

    [Fact]
    public void IsWhereGrafanaLooksForIt()
    {
        var provider = Tree.ReadOne("deploy/grafana/provisioning/dashboards/grid.yaml")["providers"].Items.Single();
        var folder = provider["options/path"].Text!;
        var mounts = Composition.Read("deploy/compose.yaml")["grafana"].Mounts();

        mounts[folder].ShouldBe("deploy/grafana/dashboards");
        mounts["/etc/grafana/provisioning"].ShouldBe("deploy/grafana/provisioning");
        Repository.Exists(Dashboard.File).ShouldBeTrue();
        Composition.Read("deploy/compose.yaml")["grafana"].Environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"].ShouldBe($"{folder}/grid.json");
    }

    [Fact]
    public void FindsPrometheusByTheNameOfItsService()
    {
        var prometheus = Composition.Read("deploy/compose.yaml")["prometheus"];
        var address = new Uri(Source["url"].Text!);

        address.Host.ShouldBe("prometheus");
        prometheus.ContainerPorts().ShouldContain(address.Port);
    }

    private static Tree Source => Tree.ReadOne("deploy/grafana/provisioning/datasources/prometheus.yaml")["datasources"].Items.Single();

    private static bool IsChinese(char c) => c is >= '\u4e00' and <= '\u9fff';
}
