using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>A rulebook that is changed, published and taken back on the page.</summary>
public sealed class EditedRulebookTests(Chromium chromium)
{
    [Fact]
    public async Task ReachesTheCountsOnceItIsPublishedAndAgainWhenItIsTakenBack()
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Order("twice", "o1", 10), Call.Order("twice", "o2", 20));
        await using var shown = await ShownPage.Open(chromium, server);
        await Count(shown, "loyal", 1);
        await Edit(shown, "orders >= 2", "orders >= 3");
        await Assertions.Expect(shown.Part("lint")).ToHaveAttributeAsync("data-state", "fine");
        await shown.Part("author").FillAsync("Lin");
        await shown.Part("note").FillAsync("Loyal from the third order on");

        await shown.Part("publish").ClickAsync();

        await Assertions.Expect(shown.Part("outcome")).ToHaveTextAsync("Published as #2.");
        var entry = shown.Part("publications").Locator("[data-number='2']");
        await Assertions.Expect(entry).ToContainTextAsync("Lin");
        await Assertions.Expect(entry).ToContainTextAsync("Loyal from the third order on");
        await shown.Page.Locator("[data-testid=sweep][data-rulebook='2'][data-complete=true]").WaitForAsync();
        await Assertions.Expect(shown.Part("changes")).ToBeHiddenAsync();
        await shown.Go("#/");
        await Count(shown, "new", 1);
        await Count(shown, "loyal", 0);

        await shown.Go("#/rulebook");
        await shown.Part("again-1").ClickAsync();
        await shown.Part("again-1-yes").ClickAsync();

        await Assertions.Expect(shown.Part("outcome")).ToHaveTextAsync("Published as #3.");
        await shown.Go("#/");
        await Count(shown, "loyal", 1);
        shown.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task ShowsAnAudienceThatIsAddedToIt()
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Order("twice", "o1", 600), Call.Order("twice", "o2", 20), Call.Order("once", "o3", 900));
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Go("#/rulebook");
        await shown.Part("add-audience").ClickAsync();
        await Assertions.Expect(shown.Part("lint")).ToHaveAttributeAsync("data-state", "fine");
        await shown.Part("author").FillAsync("Lin");
        await shown.Part("note").FillAsync("An audience");
        await shown.Part("note").PressAsync("Enter");
        await Assertions.Expect(shown.Part("outcome")).ToHaveTextAsync("Published as #2.");

        await shown.Go("#/");
        await shown.Part("group-audiences").ClickAsync();

        await shown.Page.Locator("[data-testid=count-audience-1-in][data-value='1']").WaitForAsync();
        await shown.Page.Locator("[data-testid=count-audience-1-out][data-value='1']").WaitForAsync();
    }

    [Theory]
    [InlineData("en-GB", "Line ", "order")]
    [InlineData("zh-CN", "第 ", "orders")]
    public async Task SaysWhatIsWrongOnWhichLineWhileItIsWritten(string locale, string said, string named)
    {
        await using var server = await GridProcess.Start();
        await using var shown = await ShownPage.Open(chromium, server, new() { Locale = locale });
        await Edit(shown, "orders >= 2", "ordres >= 2");
        var text = await shown.Part("yaml").InputValueAsync();
        var line = text[..text.IndexOf("ordres", StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;

        var fault = shown.Page.Locator($"[data-testid=fault][data-line='{line}']");
        await Assertions.Expect(fault).ToContainTextAsync($"{said}{line}");
        await Assertions.Expect(fault).ToContainTextAsync(named);
        var isChinese = (await fault.Locator("span").InnerTextAsync()).Any(letter => letter is >= '\u4e00' and <= '\u9fff');
        isChinese.ShouldBe(locale == "zh-CN");
        await Assertions.Expect(shown.Part("publish")).ToBeDisabledAsync();
        await fault.Locator("button").ClickAsync();
        var selected = await shown.Page.EvaluateAsync<string>(
            "(field => field.value.slice(field.selectionStart, field.selectionEnd))(document.activeElement)");
        selected.ShouldContain("ordres");

        await shown.Part("discard").ClickAsync();

        await Assertions.Expect(fault).ToHaveCountAsync(0);
        await Assertions.Expect(shown.Part("lint")).ToHaveAttributeAsync("data-state", "unchanged");
    }

    [Fact]
    public async Task KeepsWhatIsWrittenWhileThePageIsElsewhere()
    {
        await using var server = await GridProcess.Start();
        await using var shown = await ShownPage.Open(chromium, server);
        await Edit(shown, "orders >= 2", "orders >= 4");
        await shown.Go("#/");
        await shown.Part("language").SelectOptionAsync("zh");
        await shown.Go("#/rulebook");

        (await shown.Part("yaml").InputValueAsync()).ShouldContain("orders >= 4");
    }

    /// <summary>Changes a text in the scheme that is shown first, the lifecycle.</summary>
    internal static async Task Edit(ShownPage shown, string from, string to)
    {
        await shown.Go("#/rulebook");
        var lifecycle = shown.Part("yaml");
        await shown.Page.Locator("[data-testid=lint][data-state=unchanged]").WaitForAsync();
        var text = await lifecycle.InputValueAsync();
        text.ShouldContain(from);
        await lifecycle.FillAsync(text.Replace(from, to));
    }

    private static Task Count(ShownPage shown, string layer, int count) =>
        shown.Page.Locator($"[data-testid=count-lifecycle-{layer}][data-value='{count}']").WaitForAsync();
}
