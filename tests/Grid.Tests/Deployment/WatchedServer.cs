using System.Net.Http.Headers;
using System.Text;
using Grid.Server.Configuration;
using Grid.Testing.Servers;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The server as in operation: with a key, with an accepted event and a finished audit, so that every metric has a value.</summary>
public sealed class WatchedServer : IAsyncLifetime
{
    public const string Key = "a-key";

    private readonly string _folder = Directory.CreateTempSubdirectory("grid-watched-").FullName;
    private RunningServer _server = null!;

    internal HttpClient Http => _server.Http;

    internal ExportedMetrics Metrics { get; private set; } = null!;

    /// <summary>The templates of all routes.</summary>
    internal IReadOnlyList<RouteEndpoint> Routes => [.. _server.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.Start(new GridOptions { Data = _folder, Keys = [Key] });
        const string Call = """
            { "userId": "u1", "messageId": "m1", "event": "Order Completed", "properties": { "order_id": "o1", "total": 10, "currency": "CNY" } }
            """;
        (await Ask(HttpMethod.Post, "/v1/track", Call)).EnsureSuccessStatusCode();
        (await Ask(HttpMethod.Post, "/v1/audit")).EnsureSuccessStatusCode();
        var answer = await Ask(HttpMethod.Get, "/metrics");
        answer.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        Metrics = new ExportedMetrics(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task<HttpResponseMessage> Ask(HttpMethod method, string path, string? body = null, string? key = Key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await Http.SendAsync(request);
    }
}
