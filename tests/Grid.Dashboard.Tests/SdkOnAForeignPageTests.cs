using Grid.Testing;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>@segment/analytics-next from npm, unchanged, on a page of another origin in a real browser.</summary>
public sealed class SdkOnAForeignPageTests(Chromium chromium)
{
    private const string Key = "browser-key";

    private const string Send =
        """
        async ([host, key]) => {
          const delivered = { integrations: { 'Segment.io': { apiKey: key, apiHost: `${host}/v1`, protocol: 'http' } } };
          const [analytics] = await AnalyticsNext.AnalyticsBrowser.load({ writeKey: key, cdnSettings: delivered });
          await analytics.page('Shop', 'Tea');
          await analytics.identify('web-1', { city: '上海', address: { city: '苏州' } });
          await analytics.track('Order Completed', { order_id: 'web-order-1', total: 19.99, currency: 'CNY' });
          return analytics.user().anonymousId();
        }
        """;

    [Fact]
    public async Task DeliversWhatItsVisitorDoes()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "BrowserSdk");
        if (await new NodePrograms(folder).Install() is { } missing) Assert.Skip(missing);
        await using var server = await GridProcess.Start(Key);
        await using var site = new ForeignSite();
        await using var window = await chromium.Open(new());
        var page = await window.NewPageAsync();
        var answers = await NetworkAnswers.Watch(page);
        await page.GotoAsync(site.Address.AbsoluteUri);
        await page.AddScriptTagAsync(new() { Path = Path.Combine(folder, "node_modules/@segment/analytics-next/dist/umd/index.js") });

        var visitor = await page.EvaluateAsync<string>(Send, new[] { server.Address.Authority, Key });

        foreach (var path in (string[])["/v1/p", "/v1/i", "/v1/t"])
        {
            var status = await answers.Next(path);
            while (status == 204) status = await answers.Next(path); // The browser has asked first whether it may send.
            status.ShouldBe(200, path);
        }

        var customer = await server.Get("/v1/customers/web-1");
        customer.GetProperty("totals").GetProperty("orders").GetInt32().ShouldBe(1);
        customer.GetProperty("traits").EnumerateArray().Select(trait => (trait.GetProperty("name").GetString(), trait.GetProperty("value").GetString()))
            .ShouldBe([("city", "上海"), ("address.city", "苏州")], ignoreOrder: true);
        (await server.Get($"/v1/customers/anonymous:{visitor}")).GetProperty("id").GetString().ShouldBe($"anonymous:{visitor}");
    }
}
