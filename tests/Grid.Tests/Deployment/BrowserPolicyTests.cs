using System.Net;
using Grid.Server.Configuration;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The requests that a server accepts from browsers. The tests of the page run the same attacks in a real browser.</summary>
public sealed class BrowserPolicyTests(OpenServer server) : IClassFixture<OpenServer>
{
    private const string Event = """{"userId":"u1","event":"Chat Started"}""";
    private const string Json = "application/json";

    public static TheoryData<string, string> Guarded { get; } = new()
    {
        { "POST", "/v1/rulebooks" },
        { "POST", "/v1/rulebooks/1/publish" },
        { "POST", "/v1/audit" },
        { "POST", "/v1/import" },
        { "POST", "/v1/track" },
        { "POST", "/v1/baselines/refreeze" },
        { "DELETE", "/v1/customers/u1" },
        { "DELETE", "/v1/customers?id=u1" },
        { "POST", "/hubs/grid/negotiate" },
        { "GET", "/hubs/grid" },
    };

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task RefusesOtherSites(string method, string path)
    {
        (string, string)[] foreign =
            [("Origin", "http://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site")];
        foreach (var header in foreign)
        {
            using var answer = await server.Send(new HttpMethod(method), path, headers: header);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{header}");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task TakesItsOwnPageAndPrograms(string method, string path)
    {
        var own = server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        foreach (var header in ((string, string)[])[("Origin", own), ("Sec-Fetch-Site", "same-origin"), ("X-Nothing", "said")])
        {
            using var answer = await server.Send(new HttpMethod(method), path, headers: header);
            answer.StatusCode.ShouldNotBe(HttpStatusCode.Forbidden, $"{header}");
        }
    }

    [Theory]
    [InlineData("rebound.test", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("localhost:5080", HttpStatusCode.OK)]
    [InlineData("[::1]:5080", HttpStatusCode.OK)]
    public async Task AnswersToItsOwnNamesOnly(string host, HttpStatusCode expected)
    {
        using var question = await server.Send(HttpMethod.Get, "/v1/schemes", headers: ("Host", host));
        question.StatusCode.ShouldBe(expected);
        using var probe = await server.Send(HttpMethod.Get, "/health/ready", headers: ("Host", host));
        probe.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task LetsPagesOfAConfiguredOriginSendEventsAndNothingElse()
    {
        using var sent = await server.Send(HttpMethod.Post, "/v1/track", Event, Json, ("Origin", OpenServer.Shop), ("Sec-Fetch-Site", "cross-site"));
        sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        sent.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([OpenServer.Shop]);
        sent.Headers.Contains("Cross-Origin-Resource-Policy").ShouldBeFalse();
        (string, string)[] preflight =
            [("Origin", OpenServer.Shop), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type")];
        using var asked = await server.Send(HttpMethod.Options, "/v1/track", headers: preflight);
        asked.Headers.GetValues("Access-Control-Allow-Headers").ShouldNotBeEmpty();
        using var audit = await server.Send(HttpMethod.Post, "/v1/audit", headers: ("Origin", OpenServer.Shop));
        audit.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await server.Send(HttpMethod.Post, "/v1/track", Event, Json, ("Origin", "https://other.example"));
        other.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/v1/track", null)]
    [InlineData("/v1/batch", null)]
    [InlineData("/v1/import", null)]
    [InlineData("/v1/rulebooks", null)]
    [InlineData("/v1/rulebooks", "text/plain")]
    [InlineData("/v1/schemes/lint", null)]
    [InlineData("/v1/schemes/preview", null)]
    [InlineData("/v1/schemes/backtest", null)]
    public async Task WantsTheTypeOfABody(string path, string? type)
    {
        using var answer = await server.Send(HttpMethod.Post, path, "{}", type);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/schemes")]
    [InlineData("/v1/customers/nobody")]
    [InlineData("/swagger/index.html")]
    [InlineData("/health/ready")]
    public async Task TellsBrowsersWhatTheyMayDo(string path)
    {
        using var answer = await server.Send(HttpMethod.Get, path);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
    }

    [Theory]
    [InlineData("grid.example.com", true)]
    [InlineData("*.example.com", true)]
    [InlineData("http://grid.example.com", false)]
    [InlineData("grid.example.com:80", false)]
    public void IsToldNamesOfHosts(string host, bool isTaken) => Settings.MistakesOf(new GridOptions { AllowedHosts = [host] }).Any().ShouldBe(!isTaken);

    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("https://shop.example:8443", true)]
    [InlineData("*", true)]
    [InlineData("https://shop.example/", false)]
    [InlineData("shop.example", false)]
    public void IsToldOrigins(string origin, bool isTaken) => Settings.MistakesOf(new GridOptions { AllowedOrigins = [origin] }).Any().ShouldBe(!isTaken);
}
