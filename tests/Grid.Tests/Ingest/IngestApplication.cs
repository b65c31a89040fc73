using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Clocks;
using Grid.Ingest;
using Grid.Ledger;
using Grid.Ledger.Memory;
using Grid.Tests.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Tests.Ingest;

/// <summary>Ingestion behind a real HTTP pipeline, in front of recording customers and a ledger in memory.</summary>
internal sealed class IngestApplication : IAsyncDisposable
{
    private readonly WebApplication _application;

    private IngestApplication(WebApplication application, RecordingGrains grains, MemoryLedger ledger, HttpClient client)
    {
        _application = application;
        Grains = grains;
        Ledger = ledger;
        Client = client;
    }

    public RecordingGrains Grains { get; }

    public MemoryLedger Ledger { get; }

    public HttpClient Client { get; }

    public IngestGate Gate => _application.Services.GetRequiredService<IngestGate>();

    public static async Task<IngestApplication> Start(Action<IngestOptions>? configure = null)
    {
        var options = new IngestOptions();
        configure?.Invoke(options);
        var grains = new RecordingGrains();
        var ledger = new MemoryLedger();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services
            .AddSingleton(grains.ToFactory())
            .AddSingleton(new GrainCalls(new SiloDeaths(new FakeMembership()), TimeProvider.System))
            .AddSingleton<ILedger>(ledger)
            .AddSingleton(new GridClock(new SimulatedClock(SomeCalls.ReceivedAt.ToDateTimeOffset())))
            .AddIngest(options);
        var application = builder.Build();
        application.MapIngest();
        await application.StartAsync();
        return new IngestApplication(application, grains, ledger, application.GetTestClient());
    }

    public Task<HttpResponseMessage> Post(string path, string json) => Post(path, Encoding.UTF8.GetBytes(json));

    public Task<HttpResponseMessage> Post(
        string path, byte[] body, string? type = "application/json", string? coding = null, string? authorization = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (type is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (coding is not null) request.Content.Headers.ContentEncoding.Add(coding);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return Client.SendAsync(request);
    }

    public async Task<IReadOnlyList<Reject>> Rejects() =>
        [.. (await Ledger.Rejects(0, 1_000, CancellationToken.None)).Select(kept => kept.Item)];

    public static async Task<JsonElement> Json(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(bytes);
        return stream.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
