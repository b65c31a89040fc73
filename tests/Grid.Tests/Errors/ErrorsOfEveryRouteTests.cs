using System.Net;
using Grid.Ingest;
using Grid.Tests.Deployment;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>Every route of the API, with a method, a content type or an id that it does not take.</summary>
public sealed class ErrorsOfEveryRouteTests(OpenServer server) : IClassFixture<OpenServer>
{
    private IEnumerable<RouteEndpoint> Routes => server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>().Where(route => PathOf(route).StartsWith("/v1/", StringComparison.Ordinal));

    [Fact]
    public async Task NameAWrongMethod()
    {
        var paths = Routes.Select(PathOf).Distinct().ToList();
        paths.Count.ShouldBeGreaterThan(35);
        foreach (var path in paths)
            await BothLanguages.ShouldAnswer(language => Send(HttpMethod.Patch, path, language), HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task NameAWrongContentType()
    {
        var paths = Routes.Where(TakesBody).Select(PathOf).Distinct().ToList();
        paths.Count.ShouldBeGreaterThan(10);
        foreach (var path in paths)
        {
            await BothLanguages.ShouldAnswer(
                language => Send(HttpMethod.Post, path, language, "{}", "application/xml"), HttpStatusCode.UnsupportedMediaType);
        }
    }

    [Fact]
    public async Task NameAnUnknownId()
    {
        var routes = Routes.Where(route => route.RoutePattern.Parameters.Count > 0).ToList();
        routes.Count.ShouldBeGreaterThan(10);
        foreach (var route in routes)
        {
            foreach (var method in MethodsOf(route))
            {
                using var answer = await Send(new HttpMethod(method), PathOf(route), null);
                if (answer.IsSuccessStatusCode) continue;
                ((int)answer.StatusCode).ShouldBeInRange(400, 499, PathOf(route));
                await BothLanguages.ShouldAnswer(language => Send(new HttpMethod(method), PathOf(route), language), answer.StatusCode);
            }
        }
    }

    /// <summary>The path with values that name nothing.</summary>
    private static string PathOf(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment =>
        segment.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : "999"));

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private static bool TakesBody(RouteEndpoint route) => MethodsOf(route).Contains("POST")
        && (route.Metadata.GetMetadata<IAcceptsMetadata>() is not null || route.Metadata.GetMetadata<DescribedBody>() is not null);

    private Task<HttpResponseMessage> Send(HttpMethod method, string path, string? language, string? body = null, string? type = null) =>
        server.Send(method, path, body, type, language is null ? [] : [("Accept-Language", language)]);
}
