using Microsoft.Playwright;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>A window of 390 px, touched with a finger.</summary>
public sealed class PageOnAPhoneTests(Chromium chromium)
{
    private const string Customer = "a-customer-with-a-rather-long-id-0123456789";

    internal static readonly BrowserNewContextOptions Phone = new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        IsMobile = true,
        HasTouch = true,
        DeviceScaleFactor = 2,
    };

    [Theory]
    [InlineData("en-GB")]
    [InlineData("zh-CN")]
    public async Task NeedsNoScrollingToTheSide(string locale)
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Track(Customer, "Chat Started"), Call.Order(Customer, "an-order-with-a-rather-long-id-0123456", 123_456.78m));
        await using var shown = await ShownPage.Open(chromium, server, new(Phone) { Locale = locale });

        await shown.ShouldFit(shown.Part("scheme-lifecycle"));
        await Tap(shown, 1);
        await shown.ShouldFit(shown.Part("transition").First);
        await Tap(shown, 2);
        await shown.ShouldFit(shown.Part("customer-prompt"));
        await shown.Find(Customer);
        string[] parts = ["customer-layers", "explain", "forecast", "orders", "metrics"];
        foreach (var part in parts) await shown.ShouldFit(shown.Part(part));
        await Tap(shown, 0);
        await shown.Part("scheme-rfm8").Locator("h3 a").TapAsync();
        await shown.ShouldFit(shown.Part("flows"));
        await shown.Part("migration").Locator("table").WaitForAsync();
        foreach (var part in new[] { "value", "chart", "course", "migration", "foresight", "exports" }) await shown.ShouldFit(shown.Part(part));
        await Tap(shown, 3);
        foreach (var part in new[] { "editor", "sweep", "publications" }) await shown.ShouldFit(shown.Part(part));
    }

    /// <summary>Touches one of the sections at the foot of the window: segments, transitions, customer, rulebook.</summary>
    private static Task Tap(ShownPage shown, int section) => shown.Page.Locator("nav.sections a").Nth(section).TapAsync();
}
