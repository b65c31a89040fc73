using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>Every shipped scheme on one page.</summary>
public sealed class PageOfManySchemesTests(Chromium chromium)
{
    private const int SchemesShipped = 21;

    [Theory]
    [InlineData(false, "en-GB")]
    [InlineData(false, "zh-CN")]
    [InlineData(true, "en-GB")]
    [InlineData(true, "zh-CN")]
    public async Task ShowsThemAllWithinTheWindow(bool isPhone, string locale)
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Order("buyer", "order-1", 10));
        await using var shown = await ShownPage.Open(chromium, server, Window(isPhone, locale));
        var cards = shown.Page.Locator(".card");
        await Assertions.Expect(cards).ToHaveCountAsync(SchemesShipped);

        await shown.ShouldFit(cards.Last);
        await shown.ShouldFit(shown.Part("group-attributes"));
        await shown.Part("group-attributes").ClickAsync();
        await Assertions.Expect(shown.Part("scheme-gender")).ToBeVisibleAsync();
        await shown.ShouldFit(shown.Page.Locator(".tabs-schemes"));
        await shown.Go("#/schemes/retail-preference");
        await shown.ShouldFit(shown.Page.Locator(".tabs-schemes [aria-current=page]"));
        shown.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task RemembersTheGroupThatWasChosen()
    {
        await using var server = await GridProcess.Start();
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Part("group-attributes").FocusAsync();
        await shown.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(shown.Page.Locator(".card")).ToHaveCountAsync(4);

        await shown.Page.ReloadAsync();

        await Assertions.Expect(shown.Part("scheme-gender")).ToBeVisibleAsync();
        await Assertions.Expect(shown.Page.Locator(".card")).ToHaveCountAsync(4);
        await shown.Part("group-all").ClickAsync();
        await Assertions.Expect(shown.Page.Locator(".card")).ToHaveCountAsync(SchemesShipped);
    }

    private static BrowserNewContextOptions Window(bool isPhone, string locale) => isPhone
        ? new(PageOnAPhoneTests.Phone) { Locale = locale }
        : new() { ViewportSize = new() { Width = 1280, Height = 900 }, Locale = locale };
}
