using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Grid.Delivery.Webhooks;

namespace Grid.Delivery.Tests.Webhooks;

/// <summary>Names with the addresses of each look-up in turn; the last is repeated.</summary>
internal sealed class Names : IHostResolver
{
    private readonly ConcurrentDictionary<string, Queue<IPAddress[]>> _names = new();

    public Names Add(string host, params string[] lookUps)
    {
        _names[host] = new Queue<IPAddress[]>(lookUps.Select(text =>
            text.Length == 0 ? [] : text.Split(' ').Select(IPAddress.Parse).ToArray()));
        return this;
    }

    public Task<IPAddress[]> Resolve(string host, CancellationToken cancel)
    {
        if (!_names.TryGetValue(host, out var lookUps)) throw new SocketException((int)SocketError.HostNotFound);
        return Task.FromResult(lookUps.Count > 1 ? lookUps.Dequeue() : lookUps.Peek());
    }
}

/// <summary>Keeps which addresses are dialled, and connects all of them to one server, or to none.</summary>
internal sealed class Dials(IPEndPoint? server = null)
{
    public ConcurrentQueue<IPEndPoint> Made { get; } = new();

    /// <summary>An address that never answers.</summary>
    public IPAddress? Silent { get; init; }

    public async ValueTask<Stream> Dial(IPEndPoint address, CancellationToken cancel)
    {
        Made.Enqueue(address);
        if (address.Address.Equals(Silent)) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        return server is null ? throw new SocketException((int)SocketError.ConnectionRefused) : await AddressDialler.DialTcp(server, cancel);
    }
}
