using Grid.Grains;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The server in its default setup: on the loopback interface, without a key, open to the pages of one shop.</summary>
public sealed class OpenServer : IAsyncLifetime
{
    public const string Shop = "https://shop.example";

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("grid-open-").FullName, "data");
    private WebApplication _app = null!;

    internal HttpClient Http { get; private set; } = null!;

    internal string Folder => _folder;

    public async ValueTask InitializeAsync()
    {
        var options = new GridOptions { Data = _folder, Listen = "http://127.0.0.1:0", AllowedOrigins = [Shop] };
        _app = GridServer.Build(options, new GridClock(TimeProvider.System), GridPace.ByItself, builder => builder.Logging.ClearProviders());
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    internal async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, string? body = null, string? type = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
        if (type is not null) request.Content!.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request);
    }
}
