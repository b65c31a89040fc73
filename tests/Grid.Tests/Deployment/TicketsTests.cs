using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Grid.Server.Security;
using Grid.Testing.Hub;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>Tickets, which replace a key where a browser sets no header.</summary>
public sealed class TicketsTests(WatchedServer server) : IClassFixture<WatchedServer>
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Hash = SHA256.HashData(Encoding.UTF8.GetBytes("a-key"));

    [Fact]
    public void AreValidForAMinuteAndForOneKey()
    {
        var ticket = Tickets.Give(Hash, Now);
        Tickets.IsValid(ticket, Hash, Now).ShouldBeTrue();
        Tickets.IsValid(ticket, Hash, Now + Tickets.ValidFor).ShouldBeFalse();
        Tickets.IsValid(ticket, SHA256.HashData([]), Now).ShouldBeFalse();
        foreach (var bad in (string[])["", ".", "x", "1.2", ticket[..^1], $"9{ticket}", Tickets.Give(Hash, Now.AddDays(1))])
            Tickets.IsValid(bad, Hash, Now).ShouldBeFalse(bad);
    }

    [Fact]
    public async Task OpenTheHubAndExportsAndNothingElse()
    {
        using var answer = await server.Ask(HttpMethod.Post, "/v1/tickets");
        var ticket = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("ticket").GetString()!;
        await using (await HubConnection.Open(server.Http.BaseAddress!, $"/hubs/grid?access_token={ticket}"))
        {
        }

        (await Status($"/v1/segments/lifecycle/export?access_token={ticket}")).ShouldBe(HttpStatusCode.OK);
        (await Status($"/v1/customers/u1?access_token={ticket}")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Status($"/v1/segments/lifecycle/export?access_token={ticket[..^2]}")).ShouldBe(HttpStatusCode.Unauthorized);
        using var again = await server.Ask(HttpMethod.Post, "/v1/tickets", key: ticket);
        again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/swagger/index.html")]
    public async Task AreNotNeededForTheDescriptionWhichAsksForTheKeyItself(string path)
    {
        using var closed = await server.Ask(HttpMethod.Get, path, key: null);
        closed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        closed.Headers.WwwAuthenticate.ToString().ShouldBe("Basic realm=\"grid\"");
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{WatchedServer.Key}:")));
        using var open = await server.Http.SendAsync(request);
        open.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> Status(string path)
    {
        using var answer = await server.Ask(HttpMethod.Get, path, key: null);
        return answer.StatusCode;
    }
}
