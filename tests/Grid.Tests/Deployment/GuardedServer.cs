using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>A server with keys: without one there is nothing to read, to change or to forget.</summary>
public sealed partial class GuardedServer(WatchedServer server) : IClassFixture<WatchedServer>
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

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"];

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
