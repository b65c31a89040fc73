using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>A customer found by its id in the search field.</summary>
public sealed class LookedUpCustomerTests(Chromium chromium)
{
    [Fact]
    public async Task ShowsItsFactsLayersExplanationAndForecast()
    {
        await using var server = await GridProcess.Start();
        await server.Post(
            Call.Identify("buyer", new JsonObject { ["city"] = "Hangzhou", ["age"] = 31 }),
            Call.Track("buyer", "Tag Added", new JsonObject { ["tag"] = "tea-lover" }),
            Call.Track("buyer", "Chat Started"),
            Call.Order("buyer", "order-1", 120.50m),
            Call.Order("buyer", "order-2", 80));
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Find("buyer");

        await Says(shown.Part("orders"), "order-1", "¥120.50", "order-2", "¥80.00", "tea");
        await Says(shown.Part("tags"), "tea-lover");
        await Says(shown.Part("traits"), "city", "Hangzhou", "age", "31");
        await Says(shown.Part("metrics"), "orders(90d)", "200.50");
        await Says(shown.Part("activity"), "chat-started");
        await Says(shown.Part("customer-layers"), "Lifecycle", "Loyal", "RFM in eight classes");
        var lapse = shown.Part("forecast").Locator("[data-scheme=lifecycle][data-to=lost]");
        await Says(lapse, "Loyal", "Lost");
        await shown.Part("explain-lifecycle").ClickAsync();
        var reason = shown.Page.Locator("[data-testid=explain][data-scheme=lifecycle]");
        await Says(reason, "why Loyal?", "orders >= 2", "is 2");
        await reason.Locator("[data-layer=lost] summary").ClickAsync();
        await Says(reason.Locator("[data-layer=lost]"), "recency >= 90d");
        shown.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task FollowsTheNextOrder()
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Order("buyer", "order-1", 10));
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Find("buyer");
        await shown.Page.Locator("[data-testid=customer-layers] [data-scheme=lifecycle][data-layer=new]").WaitForAsync();

        await server.Post(Call.Order("buyer", "order-2", 20));

        await shown.Page.Locator("[data-testid=customer-layers] [data-scheme=lifecycle][data-layer=loyal]").WaitForAsync();
        await shown.Page.Locator("[data-order='order-2']").WaitForAsync();
        await shown.Page.Locator("[data-testid=customer-transition]").Filter(new() { HasText = "Loyal" }).First.WaitForAsync();
    }

    [Fact]
    public async Task SaysSoWhenItIsUnknown()
    {
        await using var server = await GridProcess.Start();
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Find("nobody/?&#");

        await Says(shown.Page.Locator("[data-failure=unknown]"), "No customer “nobody/?&#”");
        (await shown.Part("customer-view").IsVisibleAsync()).ShouldBeFalse();
    }

    /// <summary>Waits for each text in turn; the browser keeps trying until its own time limit.</summary>
    private static async Task Says(ILocator part, params string[] texts)
    {
        foreach (var text in texts) await Assertions.Expect(part).ToContainTextAsync(text);
    }
}
