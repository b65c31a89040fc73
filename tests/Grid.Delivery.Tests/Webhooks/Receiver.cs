using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Grid.Delivery.Tests.Webhooks;

/// <summary>A request as it arrived.</summary>
internal sealed record ReceivedRequest(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>An HTTP server on the loopback that keeps what it receives and answers by <paramref name="respond"/>.</summary>
internal sealed class Receiver(RequestDelegate respond) : IAsyncDisposable
{
    private readonly Channel<ReceivedRequest> _requests = Channel.CreateUnbounded<ReceivedRequest>();
    private WebApplication? _application;

    public string Url { get; private set; } = string.Empty;

    public int Requests { get; private set; }

    public static async Task<Receiver> Start(RequestDelegate respond)
    {
        var receiver = new Receiver(respond);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var application = builder.Build();
        application.Run(receiver.Receive);
        await application.StartAsync();
        receiver._application = application;
        receiver.Url = application.Urls.Single() + "/hook";
        return receiver;
    }

    public static Task<Receiver> Answering(int status, params (string Name, string Value)[] headers) => Start(context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return context.Response.WriteAsync($"answer {status}");
    });

    /// <summary>The next request, once its body has arrived.</summary>
    public async Task<ReceivedRequest> Next() => await _requests.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        if (_application is { } application) await application.DisposeAsync();
    }

    private async Task Receive(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        Requests++;
        _requests.Writer.TryWrite(new ReceivedRequest(context.Request.Path, headers, body.ToArray()));
        await respond(context);
    }
}
