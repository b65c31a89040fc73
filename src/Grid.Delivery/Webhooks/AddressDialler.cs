using System.Net;
using System.Net.Sockets;

namespace Grid.Delivery.Webhooks;

/// <summary>No address of a host may be dialled.</summary>
internal sealed class AddressRefusedException(string reason) : Exception(reason);

/// <summary>The name of a host cannot be looked up.</summary>
internal sealed class HostUnknownException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>Opens a connection to exactly the address that the rules have allowed.</summary>
internal delegate ValueTask<Stream> Dial(IPEndPoint address, CancellationToken cancel);

/// <summary>
/// Looks the host up when it is dialled and checks what it dials. A check at any earlier time would be worth nothing: the name may point elsewhere by
/// then, and the socket must not look it up a second time.
/// </summary>
internal sealed class AddressDialler(AddressRules rules, IHostResolver resolver, Dial dial, TimeProvider clock)
{
    public async ValueTask<Stream> Connect(DnsEndPoint host, CancellationToken cancel)
    {
        var addresses = await AddressesOf(host.Host, cancel);
        var allowed = new List<IPAddress>();
        var refusals = new List<string>();
        foreach (var address in addresses)
        {
            if (rules.Refusal(address) is { } reason) refusals.Add($"{address} is not allowed: {reason}");
            else allowed.Add(address);
        }

        if (addresses.Length == 0) throw new HostUnknownException($"the name {host.Host} has no address");
        if (allowed.Count == 0) throw new AddressRefusedException(string.Join("; ", refusals));
        return await DialFirst(allowed, host.Port, cancel);
    }

    /// <summary>A socket without a name: it can only go to the address given.</summary>
    public static async ValueTask<Stream> DialTcp(IPEndPoint address, CancellationToken cancel)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> AddressesOf(string host, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal)) return [literal];
        try
        {
            return await resolver.Resolve(host, cancel);
        }
        catch (SocketException failure)
        {
            throw new HostUnknownException($"the name {host} cannot be looked up ({failure.SocketErrorCode})", failure);
        }
    }

    private async Task<Stream> DialFirst(List<IPAddress> addresses, int port, CancellationToken cancel)
    {
        var last = Math.Min(addresses.Count, DeliveryLimits.DialledAddressesMax) - 1;
        for (var i = 0; ; i++)
        {
            var address = new IPEndPoint(addresses[i], port);
            if (i == last) return await dial(address, cancel);
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(DeliveryLimits.DialSeconds), clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
            try
            {
                return await dial(address, either.Token);
            }
            catch (Exception failure) when (failure is SocketException || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                // The next address of the same host may answer.
            }
        }
    }
}
