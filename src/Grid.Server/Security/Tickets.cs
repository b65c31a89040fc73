using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Grid.Server.Security;

/// <summary>
/// Short-lived substitutes for a key where a browser can set no header: proxies log addresses, and a ticket found in a log is useless a minute later.
/// A ticket is its expiry and a signature by its key, so that every process with that key accepts it.
/// </summary>
internal static class Tickets
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(1);

    private const string Purpose = "grid ticket ";

    /// <param name="keyHash">The hash of the key in the request.</param>
    public static string Give(byte[] keyHash, DateTimeOffset now)
    {
        var end = now.Add(ValidFor).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return $"{end}.{Sign(keyHash, end)}";
    }

    public static bool IsValid(string ticket, byte[] keyHash, DateTimeOffset now)
    {
        var point = ticket.IndexOf('.');
        return point > 0
            && long.TryParse(ticket.AsSpan(0, point), NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && end > now.ToUnixTimeMilliseconds()
            && end <= now.Add(2 * ValidFor).ToUnixTimeMilliseconds()
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(Sign(keyHash, ticket[..point])), Encoding.UTF8.GetBytes(ticket[(point + 1)..]));
    }

    private static string Sign(byte[] keyHash, string end) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(keyHash, Encoding.UTF8.GetBytes(Purpose + end)));
}
