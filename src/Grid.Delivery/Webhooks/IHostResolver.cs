using System.Net;

namespace Grid.Delivery.Webhooks;

/// <summary>Looks names of hosts up.</summary>
public interface IHostResolver
{
    /// <exception cref="System.Net.Sockets.SocketException">The name is unknown, or no server of names answers.</exception>
    Task<IPAddress[]> Resolve(string host, CancellationToken cancel);
}

/// <summary>Looks names up as the machine is configured to.</summary>
public sealed class DnsHostResolver : IHostResolver
{
    public Task<IPAddress[]> Resolve(string host, CancellationToken cancel) => Dns.GetHostAddressesAsync(host, cancel);
}
