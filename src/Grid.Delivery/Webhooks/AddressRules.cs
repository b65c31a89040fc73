using System.Net;
using System.Net.Sockets;

namespace Grid.Delivery.Webhooks;

/// <summary>Which addresses may be dialled: the public ones, and those that the server's own configuration allows.</summary>
/// <param name="allowed">
/// Networks that are allowed in spite of the rules, <c>0.0.0.0/0</c> and <c>::/0</c> for all. They come from the configuration of the server, never from
/// its API.
/// </param>
public sealed class AddressRules(IReadOnlyList<IPNetwork> allowed)
{
    private static readonly byte[] IsatapGlobal = [0x02, 0x00, 0x5e, 0xfe];
    private static readonly byte[] IsatapLocal = [0x00, 0x00, 0x5e, 0xfe];

    private static readonly (IPNetwork Network, string Reason)[] Forbidden =
    [
        Rule("0.0.0.0/8", "it is unspecified"),
        Rule("10.0.0.0/8", "it is private"),
        Rule("100.64.0.0/10", "it is shared by customers of a provider"),
        Rule("127.0.0.0/8", "it is a loopback"),
        Rule("169.254.169.254/32", "it serves metadata of a cloud"),
        Rule("169.254.0.0/16", "it is link-local"),
        Rule("172.16.0.0/12", "it is private"),
        Rule("168.63.129.16/32", "it serves metadata of a cloud"),
        Rule("192.0.0.0/24", "it is reserved for protocols"),
        Rule("192.0.2.0/24", "it is for documentation"),
        Rule("192.88.99.0/24", "it is a relay to other networks"),
        Rule("192.168.0.0/16", "it is private"),
        Rule("198.18.0.0/15", "it is for benchmarks"),
        Rule("198.51.100.0/24", "it is for documentation"),
        Rule("203.0.113.0/24", "it is for documentation"),
        Rule("224.0.0.0/4", "it is multicast"),
        Rule("255.255.255.255/32", "it is broadcast"),
        Rule("240.0.0.0/4", "it is reserved"),
        Rule("::/128", "it is unspecified"),
        Rule("::1/128", "it is a loopback"),
        Rule("::ffff:0:0:0/96", "it contains an IPv4 address (translated)"),
        Rule("::/96", "it contains an IPv4 address (compatible)"),
        Rule("64:ff9b::/96", "it contains an IPv4 address (NAT64)"),
        Rule("64:ff9b:1::/48", "it contains an IPv4 address (local NAT64)"),
        Rule("2001::/32", "it contains an IPv4 address (Teredo)"),
        Rule("2001:2::/48", "it is for benchmarks"),
        Rule("2001::/23", "it is reserved for protocols"),
        Rule("2001:db8::/32", "it is for documentation"),
        Rule("2002::/16", "it contains an IPv4 address (6to4)"),
        Rule("3fff::/20", "it is for documentation"),
        Rule("fd00:ec2::254/128", "it serves metadata of a cloud"),
        Rule("fc00::/7", "it is unique-local"),
        Rule("fe80::/10", "it is link-local"),
        Rule("fec0::/10", "it is site-local"),
        Rule("ff00::/8", "it is multicast"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Public addresses only.</summary>
    public static AddressRules PublicOnly { get; } = new([]);

    /// <summary>Reads the server's setting: networks such as <c>10.1.0.0/16</c>, or single addresses.</summary>
    /// <exception cref="FormatException">A text is no network.</exception>
    public static AddressRules Parse(IEnumerable<string> networks) => new([.. networks.Select(ReadNetwork)]);

    /// <summary>Null when the address may be dialled, else the reason as a clause: <c>it is private</c>.</summary>
    public string? Refusal(IPAddress address)
    {
        // A network contains mapped addresses as if they were written in IPv4, so that no network could tell them apart.
        if (address.IsIPv4MappedToIPv6) return "it contains an IPv4 address (mapped)";
        foreach (var network in allowed)
            if (network.Contains(address))
                return null;
        foreach (var (network, reason) in Forbidden)
            if (network.Contains(address))
                return reason;
        if (address.AddressFamily == AddressFamily.InterNetwork) return null;
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return "it is no internet address";
        if (address.ScopeId != 0) return "it belongs to one interface of this machine";
        if (!GlobalUnicast.Contains(address)) return "it is not public";
        return IsIsatap(address) ? "it contains an IPv4 address (ISATAP)" : null;
    }

    private static bool IsIsatap(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        var middle = bytes.Slice(8, 4);
        return middle.SequenceEqual(IsatapGlobal) || middle.SequenceEqual(IsatapLocal);
    }

    private static IPNetwork ReadNetwork(string text)
    {
        if (text.Contains('/')) return IPNetwork.Parse(text);
        var address = IPAddress.Parse(text);
        return new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
    }

    private static (IPNetwork Network, string Reason) Rule(string network, string reason) => (IPNetwork.Parse(network), reason);
}
