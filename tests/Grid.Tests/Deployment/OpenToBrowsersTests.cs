using System.Net;
using Grid.Server.Configuration;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>A server with a key, and what the browser SDKs of other sites get from it: the ways in are open to every origin, and nothing else is.</summary>
public sealed class OpenToBrowsersTests(KeyedServer server) : IClassFixture<KeyedServer>
{
    private const string Event = """{"userId":"u1","event":"Chat Started","type":"track"}""";
    private const string Batch = """{"batch":[{"userId":"u1","event":"Chat Started","type":"track"}],"writeKey":"k1"}""";

    [Theory]
    [InlineData("/v1/track", "https://shop.example", "authorization,content-type,x-retry-count")]
    [InlineData("/v1/t", "http://localhost:3000", "content-type")]
    [InlineData("/v1/b", "null", "authorization")]
    [InlineData("/v1/batch", "https://shop.example", "anonymousid,authorization,content-type")]
    [InlineData("/v1/identify", "https://shop.example", "content-encoding")]
    [InlineData("/v1/import", "https://shop.example", "authorization")]
    public async Task AnswersAPreflightWithoutAKey(string path, string origin, string headers)
    {
        using var answer = await server.Send(
            HttpMethod.Options, path, null, null,
            ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", headers), ("Sec-Fetch-Site", "cross-site"));
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        answer.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldBe(headers);
        answer.Headers.GetValues("Access-Control-Max-Age").ShouldBe(["7200"]);
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/v1/schemes", "GET")]
    [InlineData("/v1/customers/u1", "DELETE")]
    [InlineData("/v1/rulebooks", "POST")]
    [InlineData("/v1/rejects", "GET")]
    [InlineData("/hubs/grid/negotiate", "POST")]
    public async Task AnswersNoPreflightOfAnythingElse(string path, string method)
    {
        using var answer = await server.Send(
            HttpMethod.Options, path, null, null, ("Origin", "https://shop.example"), ("Access-Control-Request-Method", method));
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        using var asked = await server.Send(new HttpMethod(method), path, null, null, ("Origin", "https://shop.example"), ("Authorization", "Bearer k1"));
        asked.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/v1/t", Event, "text/plain", "Basic azE6", HttpStatusCode.OK)]
    [InlineData("/v1/b", Batch, "text/plain", null, HttpStatusCode.OK)]
    [InlineData("/v1/b", Batch, "text/plain;charset=UTF-8", null, HttpStatusCode.OK)]
    [InlineData("/v1/import", Batch, "application/json", "Basic azE6", HttpStatusCode.OK)]
    [InlineData("/v1/t", Event, "text/plain", null, HttpStatusCode.Unauthorized)]
    [InlineData("/v1/t", Event, "text/plain", "Basic a2V5Og==", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/import", "x", "text/csv", null, HttpStatusCode.Unauthorized)]
    [InlineData("/v1/t", "{", "text/plain", "Basic azE6", HttpStatusCode.BadRequest)]
    [InlineData("/v1/t", Event, "text/html", "Basic azE6", HttpStatusCode.UnsupportedMediaType)]
    public async Task LetsAPageReadItsAnswerAlsoWhenItIsAnError(string path, string body, string type, string? key, HttpStatusCode status)
    {
        (string, string)[] headers = [("Origin", "https://shop.example"), ("Sec-Fetch-Site", "cross-site")];
        using var answer = await server.Send(HttpMethod.Post, path, body, type, key is null ? headers : [.. headers, ("Authorization", key)]);
        answer.StatusCode.ShouldBe(status);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        answer.Headers.GetValues("Access-Control-Expose-Headers").ShouldBe(["Retry-After"]);
        answer.Headers.Contains("Cross-Origin-Resource-Policy").ShouldBeFalse();
    }

    [Fact]
    public async Task LetsAPageReadThatItSentTooMuch()
    {
        var body = $$"""{"userId":"{{new string('x', 40_000)}}"}""";
        using var answer = await server.Send(HttpMethod.Post, "/v1/t", body, "text/plain", ("Origin", "https://shop.example"), ("Authorization", "Basic azE6"));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
    }
}

/// <summary>A server with a key and otherwise the default settings.</summary>
public sealed class KeyedServer : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("grid-keyed-").FullName, "data");
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.Start(new GridOptions { Data = _folder, Keys = ["k1"] });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    internal async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, string? body, string? type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
        if (type is not null) request.Content!.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _server.Http.SendAsync(request);
    }
}
