using System.Buffers;
using System.Text.Json;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Delivery.Webhooks;

/// <summary>
/// Messages as a batch of Segment's track calls. A move from one layer to another is two calls, since a receiver keeps each audience by itself:
/// <c>Audience Exited</c> for the layer left, then <c>Audience Entered</c> for the layer entered.
/// </summary>
internal static class SegmentBody
{
    /// <summary>Null for an alert: a track call needs a customer.</summary>
    public static WebhookBody? Create(DeliveryMessage message)
    {
        if (message.Customer is not { } customer) return null;
        var buffer = new ArrayBufferWriter<byte>(2_048);
        using (var writer = new Utf8JsonWriter(buffer, WebhookBody.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("batch");
            if (message.Kind == DeliveryKind.ComingLapse)
            {
                Track(writer, message, customer, new Call("Audience Exit Coming", "coming", message.From, Member: true));
            }
            else
            {
                if (message.From is { } left) Track(writer, message, customer, new Call("Audience Exited", "exited", left, Member: false));
                if (message.To is { } entered) Track(writer, message, customer, new Call("Audience Entered", "entered", entered, Member: true));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new WebhookBody(buffer.WrittenMemory, "application/json; charset=utf-8");
    }

    private static void Track(Utf8JsonWriter writer, DeliveryMessage message, CustomerId customer, Call call)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "track");
        writer.WriteString("event", call.Event);
        writer.WriteString("messageId", $"{message.Id}-{call.Suffix}");
        if (customer.Value.StartsWith(CustomerId.AnonymousPrefix, StringComparison.Ordinal))
            writer.WriteString("anonymousId", customer.Value[CustomerId.AnonymousPrefix.Length..]);
        else writer.WriteString("userId", customer.Value);
        if (TimestampOf(message) is { } timestamp) writer.WriteString("timestamp", timestamp.ToString());
        writer.WriteStartObject("properties");
        writer.WriteString("audience_key", $"{message.Scheme}/{call.Layer}");
        writer.WriteBoolean("audience_member", call.Member);
        if (message.Kind == DeliveryKind.Test) writer.WriteBoolean("test", true);
        writer.WriteString("sequence", message.Sequence);
        MessageData.Write(writer, message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>A lapse that is still to come happens in the future, where receivers accept no timestamp.</summary>
    private static Instant? TimestampOf(DeliveryMessage message)
    {
        var at = message.Kind == DeliveryKind.ComingLapse ? message.CommittedAt : message.EffectiveAt;
        return MessageData.DateOf(at) is null ? null : at;
    }

    /// <param name="Suffix">Makes the ids of the calls of one message different.</param>
    /// <param name="Member">Whether the customer is in the layer at the time of the call.</param>
    private readonly record struct Call(string Event, string Suffix, string? Layer, bool Member);
}
