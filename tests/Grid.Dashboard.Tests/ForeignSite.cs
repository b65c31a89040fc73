using System.Net;
using System.Net.Sockets;

namespace Grid.Dashboard.Tests;

/// <summary>Another site on this machine: every address of it answers the same empty page.</summary>
internal sealed class ForeignSite : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _answering;

    public ForeignSite()
    {
        Address = new Uri($"http://localhost:{FreePort()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _answering = Answer();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _answering;
    }

    private async Task Answer()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "text/html";
                await context.Response.OutputStream.WriteAsync("<!doctype html><title>Foreign</title><p>Look here.</p>"u8.ToArray());
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
