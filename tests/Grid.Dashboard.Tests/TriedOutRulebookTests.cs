using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>A rulebook that is changed on the page and tried out before it is published.</summary>
public sealed class TriedOutRulebookTests(Chromium chromium)
{
    [Fact]
    public async Task BringsTheSizesThatItShowed()
    {
        await using var server = await GridProcess.Start();
        await server.Post(
            Call.Order("once", "o1", 10), Call.Order("twice", "o2", 20.50m), Call.Order("twice", "o3", 30), Call.Track("visitor", "Chat Started"));
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Page.Locator("[data-testid=count-lifecycle-loyal][data-value='1']").WaitForAsync();
        await TryOut(shown);

        var scheme = shown.Part("trial-lifecycle");
        await Assertions.Expect(scheme).ToHaveAttributeAsync("data-moved", "1");
        await Assertions.Expect(scheme.GetByTestId("size-loyal")).ToHaveAttributeAsync("data-before", "1");
        await Assertions.Expect(scheme.GetByTestId("size-loyal")).ToHaveAttributeAsync("data-after", "0");
        await Assertions.Expect(scheme.GetByTestId("size-new")).ToHaveAttributeAsync("data-before", "1");
        await Assertions.Expect(scheme.GetByTestId("size-new")).ToHaveAttributeAsync("data-after", "2");
        await Assertions.Expect(scheme.GetByTestId("trial-revenue")).ToContainTextAsync("¥50.50");
        await Examples(scheme, "twice");
        (await server.Get("/v1/rulebooks")).GetProperty("inForce").GetInt32().ShouldBe(1);

        await scheme.GetByTestId("cell-new-new").ClickAsync();
        await Examples(scheme, "once");

        var layers = await scheme.Locator("tr[data-after]").EvaluateAllAsync<string[]>(
            "rows => rows.map(row => `${row.dataset.testid.slice('size-'.length)} ${row.dataset.after}`)");
        layers.Length.ShouldBeGreaterThan(2);
        await shown.Part("author").FillAsync("Lin");
        await shown.Part("note").FillAsync("Loyal from the third order on");
        await shown.Part("publish").ClickAsync();
        await Assertions.Expect(shown.Part("outcome")).ToHaveTextAsync("Published as #2.");
        await Assertions.Expect(shown.Part("trial")).ToHaveAttributeAsync("data-state", "none");

        await shown.Go("#/");
        foreach (var size in layers.Select(text => text.Split(' ')))
            await shown.Page.Locator($"[data-testid=count-lifecycle-{size[0]}][data-value='{size[1]}']").WaitForAsync();
        shown.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task FitsAPhoneAndKeepsWhatItShowsInTheOtherLanguage()
    {
        await using var server = await GridProcess.Start();
        const string Customer = "a-customer-with-a-rather-long-id-0123456789";
        await server.Post(
            Call.Order(Customer, "o1", 123_456.78m), Call.Order(Customer, "o2", 10), Call.Order("twice", "o3", 10), Call.Order("twice", "o4", 10));
        await using var shown = await ShownPage.Open(chromium, server, new(PageOnAPhoneTests.Phone) { Locale = "zh-CN" });
        await TryOut(shown);
        var example = shown.Part("trial-lifecycle").GetByTestId("trial-example").First;
        await Assertions.Expect(example).ToContainTextAsync(Customer);
        var chinese = await example.Locator("span").InnerTextAsync();
        chinese.Any(letter => letter is >= '\u4e00' and <= '\u9fff').ShouldBeTrue(chinese);
        await shown.ShouldFit(shown.Part("trial"));

        await shown.Part("language").SelectOptionAsync("en");

        await Assertions.Expect(shown.Part("trial-lifecycle")).ToContainTextAsync("customers would move");
        var english = await example.Locator("span").InnerTextAsync();
        english.Any(letter => letter is >= '\u4e00' and <= '\u9fff').ShouldBeFalse(english);
        await shown.ShouldFit(shown.Part("trial"));
        await Write(shown, text => text + "\n# later\n");
        await Assertions.Expect(shown.Part("trial")).ToHaveAttributeAsync("data-state", "none");
        shown.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task SaysWhyItWasRefused()
    {
        await using var server = await GridProcess.Start();
        await using var shown = await ShownPage.Open(chromium, server);
        // First as if another user were running a preview, then as if the files had become faulty on their way.
        await shown.Page.RouteAsync("**/v1/schemes/preview", route => route.FulfillAsync(new()
        {
            Status = 409,
            ContentType = "application/problem+json",
            Body = """{"title":"A preview is running","status":409}""",
        }));
        await EditedRulebookTests.Edit(shown, "orders >= 2", "orders >= 3");
        await shown.Part("try").ClickAsync();
        await Assertions.Expect(shown.Part("trial-result")).ToContainTextAsync("Another trial is running.");

        await shown.Page.UnrouteAllAsync();
        await shown.Page.RouteAsync("**/v1/schemes/preview", route =>
        {
            var request = JsonNode.Parse(route.Request.PostData!)!;
            var file = request["replace"]![0]!;
            file["yaml"] = file["yaml"]!.GetValue<string>().Replace("orders >= 3", "ordres >= 3");
            return route.ContinueAsync(new() { PostData = Encoding.UTF8.GetBytes(request.ToJsonString()) });
        });
        await shown.Part("try").ClickAsync();

        await Assertions.Expect(shown.Part("trial-result")).ToContainTextAsync("It could not be tried out.");
        await Assertions.Expect(shown.Part("fault").First).ToContainTextAsync("ordres");
    }

    /// <summary>Raises the bound of the loyal layer and previews the change.</summary>
    private static async Task TryOut(ShownPage shown)
    {
        await EditedRulebookTests.Edit(shown, "orders >= 2", "orders >= 3");
        await shown.Part("try").ClickAsync();
        await Assertions.Expect(shown.Part("trial")).ToHaveAttributeAsync("data-state", "answered");
    }

    private static async Task Write(ShownPage shown, Func<string, string> change) =>
        await shown.Part("yaml").FillAsync(change(await shown.Part("yaml").InputValueAsync()));

    private static async Task Examples(ILocator scheme, string customer)
    {
        var example = scheme.GetByTestId("trial-example");
        await Assertions.Expect(example).ToHaveAttributeAsync("data-customer", customer);
        await Assertions.Expect(example.Locator("span")).ToContainTextAsync("order");
    }
}
