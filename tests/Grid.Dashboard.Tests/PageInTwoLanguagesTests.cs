using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>One page for readers of Chinese and of English.</summary>
public sealed class PageInTwoLanguagesTests(Chromium chromium)
{
    [Fact]
    public async Task FollowsTheBrowserAndThenTheChoice()
    {
        await using var server = await GridProcess.Start();
        await using var shown = await ShownPage.Open(chromium, server, new() { Locale = "zh-CN" });
        var lifecycle = shown.Part("scheme-lifecycle");
        await Assertions.Expect(lifecycle).ToContainTextAsync("流失");
        await Assertions.Expect(shown.Part("connection")).ToHaveTextAsync("实时");

        await shown.Part("language").SelectOptionAsync("en");

        await Assertions.Expect(lifecycle).ToContainTextAsync("Lost");
        await Assertions.Expect(shown.Part("connection")).ToHaveTextAsync("Live");
        (await shown.Page.EvaluateAsync<string>("document.documentElement.lang")).ShouldBe("en");
        var chinese = await shown.Page.EvaluateAsync<bool>("/[\\u4e00-\\u9fff]/.test(document.body.innerText.replaceAll('中文', ''))");
        chinese.ShouldBeFalse();

        await shown.Page.ReloadAsync();
        await Assertions.Expect(lifecycle).ToContainTextAsync("Lost");

        await shown.Part("language").SelectOptionAsync("zh");
        await Assertions.Expect(lifecycle).ToContainTextAsync("流失");
    }
}
