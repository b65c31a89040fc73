using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Grid.Delivery.Webhooks;

/// <summary>The body of a request; a repeat of one message has equal bytes.</summary>
internal sealed record WebhookBody(ReadOnlyMemory<byte> Bytes, string ContentType)
{
    /// <summary>Leaves the letters of all languages as they are.</summary>
    public static readonly JavaScriptEncoder Letters = JavaScriptEncoder.Create(UnicodeRanges.All);

    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = Letters };

    /// <summary>Null when the format has no body for the message.</summary>
    public static WebhookBody? Create(DeliveryMessage message, EndpointFormat format, string source) => format switch
    {
        EndpointFormat.Segment => SegmentBody.Create(message),
        _ => CloudEventBody.Create(message, source),
    };
}
