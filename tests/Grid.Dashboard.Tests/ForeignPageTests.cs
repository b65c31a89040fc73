using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>A page of another site, in a real browser, against a server without a key: it changes nothing and reads nothing.</summary>
public sealed class ForeignPageTests(Chromium chromium)
{
    private const string Audience = "{\"replace\":[{\"file\":\"evil.yaml\",\"yaml\":\"audience: evil\\nname: { zh: 恶, en: Evil }\\nwhen: orders >= 1\\n\"}]}";
    private const string Removal = "{\"remove\":[\"lifecycle\"]}";
    private const string Orders = "customer_id,order_id,occurred_at,amount\nvictim,o-evil,2026-01-01,1\n";
    private const string Event = "{\"userId\":\"victim\",\"event\":\"Chat Started\"}";

    /// <summary>A Blob without a type is sent without a content type, which needs no consent of the server.</summary>
    private const string SendBlob =
        "async ([address, body]) => { try { await fetch(address, { method: 'POST', mode: 'no-cors', body: new Blob([body]) }); } catch {} }";

    private const string SendText =
        "async ([address, body]) => { try { await fetch(address, { method: 'POST', mode: 'no-cors', body }); } catch {} }";

    private const string ReadHub =
        """
        address => new Promise(resolve => {
          const socket = new WebSocket(address);
          socket.onopen = () => {
            socket.send('{"protocol":"json","version":1}\u001e');
            socket.send('{"type":4,"invocationId":"1","target":"Transitions","arguments":[null,null]}\u001e');
          };
          socket.onmessage = message => { if (message.data.includes('victim')) resolve(message.data); };
          socket.onerror = () => resolve('refused');
        })
        """;

    [Theory]
    [InlineData("publishes a rulebook", "/v1/rulebooks", Audience)]
    [InlineData("removes a scheme", "/v1/rulebooks", Removal)]
    [InlineData("rolls back", "/v1/rulebooks/1/publish", "")]
    [InlineData("imports", "/v1/import", Orders)]
    [InlineData("audits", "/v1/audit", "")]
    [InlineData("refreezes baselines", "/v1/baselines/refreeze", "")]
    [InlineData("sends an event", "/v1/track", Event)]
    public async Task ThatSendsIsRefused(string attack, string path, string body)
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Order("victim", "order-1", 10));
        await using var site = new ForeignSite();
        await using var window = await chromium.Open(new());
        var page = await window.NewPageAsync();
        var answers = await NetworkAnswers.Watch(page);
        await page.GotoAsync(site.Address.AbsoluteUri);

        foreach (var send in (string[])[SendBlob, SendText])
        {
            await page.EvaluateAsync(send, new[] { new Uri(server.Address, path).AbsoluteUri, body });

            // The browser has sent the request, and the server refused it: only this proves that the attack was tried.
            (await answers.Next(path)).ShouldBe(403, attack);
        }

        await IsUntouched(server);
    }

    [Fact]
    public async Task ThatOpensTheHubReadsNothing()
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Order("victim", "order-1", 10));
        await using var site = new ForeignSite();
        await using var window = await chromium.Open(new());
        var page = await window.NewPageAsync();
        await page.GotoAsync(site.Address.AbsoluteUri);

        (await page.EvaluateAsync<string>(ReadHub, $"ws://{server.Address.Authority}/hubs/grid")).ShouldBe("refused");
    }

    [Fact]
    public async Task WhoseNameLeadsToTheServerReadsAndErasesNothing()
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Order("victim", "order-1", 10));
        await using var window = await chromium.Open(new());
        var page = await window.NewPageAsync();
        await page.GotoAsync($"http://{Chromium.ReboundHost}:{server.Address.Port}/");

        // The page now has the server's own address, so its requests are of the same origin.
        foreach (var method in (string[])["GET", "DELETE"])
        {
            var status = await page.EvaluateAsync<int>(
                "async ([method, path]) => (await fetch(path, { method })).status", new[] { method, "/v1/customers/victim" });
            status.ShouldBe(400, method);
        }

        (await page.EvaluateAsync<string>(ReadHub, $"ws://{Chromium.ReboundHost}:{server.Address.Port}/hubs/grid")).ShouldBe("refused");
        await IsUntouched(server);
    }

    [Fact]
    public async Task ThatFramesThePageShowsNothingOfIt()
    {
        await using var server = await GridProcess.Start();
        await using var site = new ForeignSite();
        await using var window = await chromium.Open(new());
        var page = await window.NewPageAsync();
        await page.GotoAsync(site.Address.AbsoluteUri);

        await page.EvaluateAsync(
            """
            address => new Promise(loaded => {
              const frame = document.createElement('iframe');
              frame.onload = loaded;
              frame.src = address;
              document.body.append(frame);
            })
            """,
            server.Address.AbsoluteUri);

        var framed = page.Frames.Single(frame => frame != page.MainFrame);
        (await framed.Locator("[data-testid=connection]").CountAsync()).ShouldBe(0);
    }

    private static async Task IsUntouched(GridProcess server)
    {
        (await server.Get("/v1/rulebooks")).GetProperty("history").GetArrayLength().ShouldBe(1);
        (await server.Get("/v1/customers/victim")).GetProperty("totals").GetProperty("orders").GetInt32().ShouldBe(1);
    }
}
