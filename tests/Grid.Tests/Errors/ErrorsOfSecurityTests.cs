using System.Net;
using Grid.Tests.Deployment;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>Refusals of keys, hosts and pages of other sites, in the language of the request.</summary>
public sealed class ErrorsOfSecurityTests(WatchedServer guarded, OpenServer open) : IClassFixture<WatchedServer>, IClassFixture<OpenServer>
{
    [Theory]
    [InlineData("/v1/schemes")]
    [InlineData("/hubs/grid")]
    [InlineData("/orleans/")]
    public Task NameTheMissingKey(string path) => BothLanguages.ShouldAnswer(
        language =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (language is not null) request.Headers.TryAddWithoutValidation("Accept-Language", language);
            return guarded.Http.SendAsync(request);
        },
        HttpStatusCode.Unauthorized);

    [Fact]
    public Task NameTheUnknownHost() => BothLanguages.ShouldAnswer(
        language => Get("/v1/schemes", language, ("Host", "rebound.test")), HttpStatusCode.BadRequest);

    [Fact]
    public Task NameThePageOfAnotherSite() => BothLanguages.ShouldAnswer(
        language => Get("/hubs/grid", language, ("Origin", "http://evil.example")), HttpStatusCode.Forbidden);

    private Task<HttpResponseMessage> Get(string path, string? language, (string Name, string Value) header) =>
        open.Send(HttpMethod.Get, path, headers: language is null ? [header] : [header, ("Accept-Language", language)]);
}
