using System.Net.Http.Headers;
using System.Text;
using Grid.Grains;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The server as in operation: with a key, with an accepted event and a finished audit, so that every metric has a value.</summary>
public sealed class WatchedServer : IAsyncLifetime
{
    public const string Key = "a-key";

    private readonly string _folder = Directory.CreateTempSubdirectory("grid-watched-").FullName;
    private WebApplication _app = null!;

    internal HttpClient Http { get; private set; } = null!;

    internal ExportedMetrics Metrics { get; private set; } = null!;

    /// <summary>The templates of all routes.</summary>
    internal IReadOnlyList<RouteEndpoint> Routes => [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async ValueTask InitializeAsync()
    {
        var options = new GridOptions { Data = _folder, Listen = "http://127.0.0.1:0", Keys = [Key] };
        _app = GridServer.Build(options, new GridClock(TimeProvider.System), GridPace.ByItself, builder => builder.Logging.ClearProviders());
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
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
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
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
