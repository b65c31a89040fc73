using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>A server with keys: without a key a client can read, change and erase nothing.</summary>
public sealed partial class GuardedServerTests(WatchedServer server) : IClassFixture<WatchedServer>
{
    /// <summary>Probes and the page's own files.</summary>
    private static readonly string[] Open = ["health", "assets", "{**"];

    [Fact]
    public async Task AsksForAKeyOnEveryRoute()
    {
        var routes = server.Routes
            .SelectMany(route => MethodsOf(route).Select(method => (Method: new HttpMethod(method), Path: route.RoutePattern.RawText!.Trim('/'))))
            .Where(route => route.Path.Length > 0 && !Array.Exists(Open, open => route.Path.StartsWith(open, StringComparison.Ordinal)))
            .Distinct().ToList();

        var answers = new List<(HttpMethod Method, string Path, HttpStatusCode Status)>();
        foreach (var (method, path) in routes)
        {
            var body = method == HttpMethod.Post ? """{ "batch": [] }""" : null;
            using var answer = await server.Ask(method, "/" + Parameter().Replace(path, "1"), body, key: null);
            answers.Add((method, path, answer.StatusCode));
        }

        answers.ShouldContain(answer => answer.Method == HttpMethod.Delete && answer.Path == "v1/customers/{id}");
        answers.Where(answer => answer.Status != HttpStatusCode.Unauthorized).ShouldBeEmpty();
        (await server.Ask(HttpMethod.Get, "/v1/customers/u1")).StatusCode.ShouldBe(HttpStatusCode.OK, "Somebody was forgotten without a key.");
    }

    [Fact]
    public async Task ShowsTheDashboardOfOrleansToABrowserThatIsGivenTheKey()
    {
        const string Path = "/orleans/ClusterStats";
        using var asked = await server.Ask(HttpMethod.Get, "/orleans/", key: null);
        asked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        asked.Headers.WwwAuthenticate.ToString().ShouldStartWith("Basic");

        (await AskAsABrowser("/orleans/", WatchedServer.Key)).Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await AskAsABrowser(Path, WatchedServer.Key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AskAsABrowser(Path, "another")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsABrowser("/v1/rejects", WatchedServer.Key)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "Other sites could have a browser send it.");
    }

    private async Task<HttpResponseMessage> AskAsABrowser(string path, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:")));
        return await server.Http.SendAsync(request);
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"];

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
