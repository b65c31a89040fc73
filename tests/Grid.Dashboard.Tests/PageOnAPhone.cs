using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>A window of 390 px, touched with a finger.</summary>
public sealed class PageOnAPhone(Chromium chromium)
{
    /// <summary>What stands out of the window to the right, unless it lies in a box that scrolls or cuts by itself.</summary>
    private const string StandingOut =
        """
        () => {
          const isBoxed = element => {
            for (let box = element.parentElement; box !== null && box !== document.body; box = box.parentElement)
              if (getComputedStyle(box).overflowX !== "visible") return true;
            return false;
          };
          const out = [...document.body.querySelectorAll("*")]
            .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !isBoxed(element))
            .map(element => element.outerHTML.slice(0, 120));
          const width = document.documentElement.scrollWidth;
          return width > innerWidth ? [`the page is ${width} px wide`, ...out] : out;
        }
        """;

    private const string Customer = "a-customer-with-a-rather-long-id-0123456789";

    private static readonly BrowserNewContextOptions Phone = new()
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

        await ShouldFit(shown, shown.Part("scheme-lifecycle"));
        await Tap(shown, 1);
        await ShouldFit(shown, shown.Part("transition").First);
        await Tap(shown, 2);
        await ShouldFit(shown, shown.Part("customer-prompt"));
        await shown.Find(Customer);
        string[] parts = ["customer-layers", "explain", "forecast", "orders", "metrics"];
        foreach (var part in parts) await ShouldFit(shown, shown.Part(part));
        await Tap(shown, 0);
        await shown.Part("scheme-rfm8").Locator("h2 a").TapAsync();
        await ShouldFit(shown, shown.Part("flows"));
        await ShouldFit(shown, shown.Part("chart"));
    }

    /// <summary>Touches one of the sections at the foot of the window: segments, transitions, customer.</summary>
    private static Task Tap(ShownPage shown, int section) => shown.Page.Locator("nav.sections a").Nth(section).TapAsync();

    private static async Task ShouldFit(ShownPage shown, ILocator part)
    {
        await part.ScrollIntoViewIfNeededAsync();
        (await part.IsVisibleAsync()).ShouldBeTrue();
        (await shown.Page.EvaluateAsync<string[]>(StandingOut)).ShouldBeEmpty(shown.Page.Url);
    }
}
