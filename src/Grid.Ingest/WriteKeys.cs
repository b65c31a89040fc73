using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Grid.Ingest;

/// <summary>Checks the keys of senders. Keys are compared by their hashes in constant time.</summary>
public sealed class WriteKeys(IReadOnlyList<string> keys)
{
    private readonly byte[][] _hashes = [.. keys.Select(key => SHA256.HashData(Encoding.UTF8.GetBytes(key)))];

    /// <summary>Whether no keys are configured: any sender that reaches the server is accepted.</summary>
    public bool Open => _hashes.Length == 0;

    public bool Knows(string? key)
    {
        if (Open) return true;
        if (string.IsNullOrEmpty(key)) return false;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var known = false;
        foreach (var candidate in _hashes) known |= CryptographicOperations.FixedTimeEquals(candidate, hash);
        return known;
    }

    /// <summary>The user name of Basic, or the token of Bearer. Null without the header, empty when it is unreadable.</summary>
    public static string? OfHeader(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0) return null;
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header[7..].Trim();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return "";
        var encoded = header.AsSpan(6).Trim();
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length) + 3];
        if (!Convert.TryFromBase64Chars(encoded, decoded, out var length)) return "";
        var text = Encoding.UTF8.GetString(decoded, 0, length);
        var colon = text.IndexOf(':');
        return colon < 0 ? text : text[..colon];
    }
}
