using System.Globalization;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>What the members of a scheme's layers bring in, where they came from, and who they are, on the page of the scheme.</summary>
public sealed class WorthOfSegmentsTests(Chromium chromium)
{
    [Fact]
    public async Task IsWhatTheServerAnswers()
    {
        await using var server = await GridProcess.Start();
        await server.Post(
            Call.Track("visitor", "Chat Started"),
            Call.Order("once", "o1", 120.50m),
            Call.Order("twice", "o2", 80),
            Call.Order("twice", "o3", 45.25m),
            Call.Order("often", "o4", 1_999.99m));
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Go("#/schemes/pyramid");

        foreach (var window in new[] { "90 d", "30 d", "All time" })
        {
            await shown.Part("value").GetByRole(AriaRole.Button, new() { Name = window, Exact = true }).ClickAsync();
            var asked = window == "All time" ? "all" : window.Replace(" ", "");
            await shown.Part("value").Locator($"[data-window='{asked}']").WaitForAsync();
            var answer = await server.Get($"/v1/segments/pyramid/value?window={asked}");
            var revenue = answer.GetProperty("revenue").GetInt64();
            revenue.ShouldBe(2_245_74);
            await Assertions.Expect(shown.Part("value-total")).ToContainTextAsync(Money(revenue));
            foreach (var layer in answer.GetProperty("layers").EnumerateArray())
            {
                var row = shown.Part($"value-{layer.GetProperty("layer").GetString()}");
                await Assertions.Expect(row).ToHaveAttributeAsync("data-members", $"{layer.GetProperty("members").GetInt64()}");
                await Assertions.Expect(row).ToHaveAttributeAsync("data-orders", $"{layer.GetProperty("orders").GetInt64()}");
                await Assertions.Expect(row).ToContainTextAsync(Money(layer.GetProperty("revenue").GetInt64()));
                var share = layer.GetProperty("share").GetDouble();
                await Assertions.Expect(row).ToContainTextAsync($"{share.ToString("P1", CultureInfo.InvariantCulture).Replace(" ", "")}");
                var holds = layer.GetProperty("guidance").GetProperty("customers").GetProperty("holds").GetBoolean();
                var guidance = row.Locator(".guidance").First;
                await Assertions.Expect(guidance).ToHaveAttributeAsync("data-holds", holds ? "true" : "false");
            }
        }

        shown.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task StandsBesideMigrationFlowsAndExports()
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Order("once", "o1", 10), Call.Order("twice", "o2", 20), Call.Order("twice", "o3", 30));
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Go("#/schemes/lifecycle");

        await Assertions.Expect(shown.Part("migration").Locator("tbody tr").First).ToContainTextAsync("new here");
        await shown.Part("migration").GetByRole(AriaRole.Button, new() { Name = "7 days" }).ClickAsync();
        await shown.Part("migration").Locator("[data-days='7']").WaitForAsync();
        await shown.Part("course").GetByRole(AriaRole.Button, new() { Name = "Per minute" }).ClickAsync();
        await shown.Part("course").Locator("[data-per=minute]").WaitForAsync();
        var entered = (await server.Get("/v1/segments/lifecycle/flows?per=minute")).GetProperty("series").EnumerateArray()
            .Where(series => series.GetProperty("from").GetString() is null).Sum(series => series.GetProperty("total").GetInt64());
        await Assertions.Expect(shown.Part("course-sum")).ToContainTextAsync($"{entered} entered");

        await Assertions.Expect(shown.Part("foresight")).ToContainTextAsync("moves nobody");

        var file = await shown.Page.RunAndWaitForDownloadAsync(() => shown.Part("export-loyal-csv").ClickAsync());
        file.SuggestedFilename.ShouldBe("lifecycle.csv");
        var lines = await File.ReadAllLinesAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith("customer,layer,since");
        lines[1].ShouldStartWith("twice,loyal,");
    }

    [Fact]
    public async Task ForeseesWhoFallsSilentByTimeAlone()
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Track("one", "Chat Started"), Call.Track("two", "Chat Started"), Call.Track("two", "Moments Liked"));
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Go("#/schemes/engagement");

        await shown.Page.Locator("[data-testid=foreseen-silent][data-arrivals='2']").WaitForAsync();
        var answer = await server.Get("/v1/segments/engagement/forecast?days=30&per=day");
        foreach (var layer in answer.GetProperty("layers").EnumerateArray())
        {
            var row = shown.Part($"foreseen-{layer.GetProperty("layer").GetString()}");
            var departures = layer.GetProperty("departures").EnumerateArray().Sum(count => count.GetInt64());
            await Assertions.Expect(row).ToHaveAttributeAsync("data-departures", $"{departures}");
            var after = layer.GetProperty("counts").EnumerateArray().Last().GetInt64();
            await Assertions.Expect(row.Locator("td").Last).ToHaveTextAsync($"{after}");
        }
    }

    private static string Money(long minor) => (minor / 100m).ToString("¥#,##0.00", CultureInfo.InvariantCulture);
}
