using Grid.Server.Configuration;
using Grid.Testing.Servers;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The server in its default setup: on the loopback interface, without a key, open to the pages of one shop.</summary>
public sealed class OpenServer : IAsyncLifetime
{
    public const string Shop = "https://shop.example";

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("grid-open-").FullName, "data");
    private RunningServer _server = null!;

    internal HttpClient Http => _server.Http;

    internal IServiceProvider Services => _server.Services;

    internal string Folder => _folder;

    public async ValueTask InitializeAsync() =>
        _server = await RunningServer.Start(new GridOptions { Data = _folder, AllowedOrigins = [Shop] });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
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
