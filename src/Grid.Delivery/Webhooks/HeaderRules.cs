using System.Buffers;

namespace Grid.Delivery.Webhooks;

/// <summary>Which headers an endpoint may add to its requests.</summary>
internal static class HeaderRules
{
    // Headers of one connection (RFC 9110, 7.6.1), and those that frame or direct the request.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
        "host", "expect", "accept-encoding", "cookie", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "via",
        "metadata", "metadata-flavor", "x-aws-ec2-metadata-token", "x-aws-ec2-metadata-token-ttl-seconds",
    };

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsName(string name) => name.Length is > 0 and <= 128 && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Whether the grid or HTTP itself sets the header.</summary>
    public static bool IsReserved(string name) =>
        Reserved.Contains(name)
        || name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("content-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Visible ASCII with spaces inside: no line break can begin another header.</summary>
    public static bool IsValue(string value) =>
        value.Length is > 0 and <= DeliveryLimits.HeaderValueCharactersMax
        && !value.AsSpan().ContainsAnyExceptInRange(' ', '~') && value[0] != ' ' && value[^1] != ' ';
}
