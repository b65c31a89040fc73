using System.Text;
using StandardWebhooks;

namespace Grid.Delivery.Webhooks;

/// <summary>Signs requests by Standard Webhooks, version 1, with each secret of an endpoint.</summary>
internal sealed class WebhookSigner(IEnumerable<string> secrets)
{
    private readonly StandardWebhook[] _keys = [.. secrets.Select(secret => new StandardWebhook(secret))];

    /// <summary>The value of <c>webhook-signature</c>: a signature per secret, separated by spaces.</summary>
    /// <param name="body">UTF-8.</param>
    public string Sign(string messageId, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        var payload = Encoding.UTF8.GetString(body);
        if (_keys.Length == 1) return _keys[0].Sign(messageId, timestamp, payload);
        var signatures = new string[_keys.Length];
        for (var i = 0; i < signatures.Length; i++) signatures[i] = _keys[i].Sign(messageId, timestamp, payload);
        return string.Join(' ', signatures);
    }

    /// <summary>Whether an id can be signed and sent as a header: visible ASCII without a full stop, which separates the parts of the signed text.</summary>
    public static bool IsMessageId(string id) =>
        id.Length is > 0 and <= DeliveryLimits.MessageIdCharactersMax && !id.AsSpan().ContainsAnyExceptInRange('!', '~') && !id.Contains('.');
}
