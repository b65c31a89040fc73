using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Grid.Model.Schemes.Definitions;

namespace Grid.Delivery.Webhooks;

/// <summary>Reads the URL of an endpoint. Hosts have one spelling each: what two parsers could read differently is refused.</summary>
internal static class WebhookUrl
{
    /// <summary>The problem of <paramref name="text"/>, or null with the URL.</summary>
    /// <param name="address">The address when the host is one; null when the host is a name.</param>
    public static EndpointProblem? Read(string text, out Uri? url, out IPAddress? address)
    {
        (url, address) = (null, null);
        if (text.Length > DeliveryLimits.UrlCharactersMax)
            return Problem("url_length", $"地址最长 {DeliveryLimits.UrlCharactersMax} 个字符", $"the URL may have {DeliveryLimits.UrlCharactersMax} characters");
        if (text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.Contains('\\'))
            return Problem("url_characters", "地址只能包含可见的 ASCII 字符，不能有反斜杠", "write the URL in visible ASCII characters without backslashes (a host as xn--…)");
        if (!TrySplit(text, out var scheme, out var authority) || scheme is not ("https" or "http"))
            return Problem("url_scheme", "地址须以 https:// 或 http:// 开头", "begin the URL with https:// or http://");
        if (authority.Contains('@'))
            return Problem("url_user", "地址不能包含用户名或密码；请使用请求头", "leave user and password out of the URL; send a header instead");
        if (text.Contains('#'))
            return Problem("url_fragment", "地址不能包含 #", "leave the fragment (#…) out of the URL");
        if (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Port is < 1 or > 65_535)
            return Problem("url_form", "无法读取该地址", "the URL cannot be read; write it as https://hooks.example.com/path");
        return HostProblem(HostOf(authority), url, out address);
    }

    /// <summary>The scheme in lower case, and all between the two slashes and the path.</summary>
    private static bool TrySplit(string text, [NotNullWhen(true)] out string? scheme, [NotNullWhen(true)] out string? authority)
    {
        (scheme, authority) = (null, null);
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon < 1) return false;
        scheme = text[..colon].ToLowerInvariant();
        var rest = text.AsSpan(colon + 3);
        var end = rest.IndexOfAny('/', '?', '#');
        authority = (end < 0 ? rest : rest[..end]).ToString();
        return authority.Length > 0;
    }

    private static string HostOf(string authority)
    {
        var end = authority.StartsWith('[') ? authority.IndexOf(']') + 1 : authority.IndexOf(':');
        return (end <= 0 ? authority : authority[..end]).ToLowerInvariant();
    }

    private static EndpointProblem? HostProblem(string host, Uri url, out IPAddress? address)
    {
        address = null;
        if (host.StartsWith('['))
        {
            var written = host.Trim('[', ']');
            if (written.Contains('%') || !IPAddress.TryParse(written, out address) || address.AddressFamily != AddressFamily.InterNetworkV6)
                return Problem("url_host", "IPv6 地址须写成 [2001:…]，不带区域标识", "write an IPv6 address as [2001:…] without a zone");
            return null;
        }

        if (IsPlainAddress(host))
        {
            address = IPAddress.Parse(host);
            return null;
        }

        if (host.Split('.') is not { Length: > 0 } labels || !Array.TrueForAll(labels, IsLabel) || IsNumber(labels[^1]) || host != url.Host)
            return Problem("url_host", "主机须为普通域名或点分十进制地址", "write the host as a plain name or as an address of four decimal numbers");
        if (labels[^1] == "localhost")
            return Problem("url_local", "不能使用 localhost", "name a host that is not this machine (localhost)");
        return null;
    }

    private static bool IsPlainAddress(string host)
    {
        var parts = host.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, part =>
            part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part) <= 255);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Resolvers read a host whose last label is a number (0x7f, 0177, 1) as an IPv4 address.</summary>
    private static bool IsNumber(string label) =>
        label.All(char.IsAsciiDigit) || (label.StartsWith("0x", StringComparison.Ordinal) && label.Skip(2).All(char.IsAsciiHexDigit));

    private static EndpointProblem Problem(string code, string zh, string en) => new("url", code, new LocalizedText(zh, en));
}
