using System.Text.Json;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>How soon a count on the page changes, by the browser's own clock.</summary>
public sealed class CountsOnThePageTests(Chromium chromium, ITestOutputHelper output)
{
    private const int Rounds = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Posts an event from within the page and watches one count; returns the milliseconds from the call, and from its answer, to the change.
    /// </summary>
    private const string PostAndWatch =
        """
        async ({ body, part }) => {
          const count = document.querySelector(`[data-testid=${part}]`);
          const before = count.textContent;
          const changed = new Promise(resolve => {
            const observer = new MutationObserver(() => {
              if (count.textContent === before) return;
              observer.disconnect();
              resolve(performance.now());
            });
            observer.observe(count, { childList: true, characterData: true, subtree: true });
          });
          const called = performance.now();
          const response = await fetch("/v1/track", { method: "POST", headers: { "content-type": "application/json" }, body });
          const answer = await response.text();
          if (!response.ok) throw new Error(answer);
          const answered = performance.now();
          const seen = await changed;
          return [seen - called, seen - answered];
        }
        """;

    [Fact]
    public async Task HaveRoomForTheShareOfEverybody()
    {
        await using var server = await GridProcess.Start();
        await using var shown = await ShownPage.Open(chromium, server);
        await server.Post(Call.Order("first", "o-first", 10));
        await shown.Page.Locator("[data-testid=count-lifecycle-new][data-value='1']").WaitForAsync();

        var cut = await shown.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.share')].filter(share => {
              const text = document.createRange();
              text.selectNodeContents(share);
              return text.getBoundingClientRect().width > share.getBoundingClientRect().width;
            }).map(share => share.textContent)
            """);
        (await shown.Page.Locator(".share", new() { HasText = "100.0%" }).CountAsync()).ShouldBeGreaterThan(0);
        cut.ShouldBeEmpty();
    }

    [Fact]
    public async Task ChangeWithinASecondOfAPostedEvent()
    {
        await using var server = await GridProcess.Start();
        await using var shown = await ShownPage.Open(chromium, server);
        await server.Post(Call.Order("first", "o-first", 10));
        await shown.Page.Locator("[data-testid=count-lifecycle-new][data-value='1']").WaitForAsync();

        var fromCall = new List<double>();
        var fromAnswer = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var body = Call.Order($"u{round}", $"o{round}", 10 + round).ToJson($"watched-{round}").ToJsonString();
            var watched = new { body, part = "count-lifecycle-new" };
            var spans = await shown.Page.EvaluateAsync<double[]>(PostAndWatch, watched).WaitAsync(Patience);
            fromCall.Add(spans[0]);
            fromAnswer.Add(spans[1]);
        }

        output.WriteLine($"{Rounds} events: {Said(fromAnswer)} from the answer until the count has changed; {Said(fromCall)} from the call");
        fromAnswer.Max().ShouldBeLessThan(1000);
        var counts = await Shown(shown);
        counts.ShouldBe(Counted(await server.Get("/v1/segments")), ignoreOrder: true);
        counts.ShouldContain($"count-lifecycle-new {Rounds + 1}");
    }

    private static string Said(List<double> spans)
    {
        spans.Sort();
        return $"median {spans[spans.Count / 2]:0} ms, most {spans[^1]:0} ms";
    }

    private static async Task<string[]> Shown(ShownPage shown) => await shown.Page.EvaluateAsync<string[]>(
        "[...document.querySelectorAll('[data-testid^=count-]')].map(count => `${count.dataset.testid} ${count.dataset.value}`)");

    private static IEnumerable<string> Counted(JsonElement segments) =>
        from scheme in segments.GetProperty("schemes").EnumerateArray()
        from layer in scheme.GetProperty("counts").EnumerateArray()
        let part = $"count-{scheme.GetProperty("scheme").GetString()}-{layer.GetProperty("layer").GetString()}"
        select $"{part} {layer.GetProperty("count").GetInt64()}";
}
