using System.Buffers;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;

namespace Grid.Delivery.Webhooks;

/// <summary>Messages as CloudEvents 1.0 in structured JSON.</summary>
internal static class CloudEventBody
{
    private static readonly JsonEventFormatter Formatter = new(new JsonSerializerOptions { Encoder = WebhookBody.Letters }, default);
    private static readonly CloudEventAttribute Sequence = CloudEventAttribute.CreateExtension("sequence", CloudEventAttributeType.String);

    /// <param name="source">The grid: the attribute <c>source</c>, a reference to a URI.</param>
    public static WebhookBody Create(DeliveryMessage message, string source)
    {
        using var data = DataOf(message);
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, [Sequence])
        {
            Id = message.Id,
            Source = new Uri(source, UriKind.RelativeOrAbsolute),
            Type = TypeOf(message),
            Subject = message.OrderKey,
            Time = MessageData.DateOf(message.EffectiveAt),
            DataContentType = "application/json",
            Data = data.RootElement,
        };
        cloudEvent[Sequence] = message.Sequence;
        var bytes = Formatter.EncodeStructuredModeMessage(cloudEvent, out var contentType);
        return new WebhookBody(bytes, contentType.ToString());
    }

    internal static string TypeOf(DeliveryMessage message) => message.Kind switch
    {
        DeliveryKind.Transition when message.Direction is { } direction => $"grid.transition.{MessageData.NameOf(direction)}",
        DeliveryKind.Transition => "grid.transition",
        DeliveryKind.ComingLapse => "grid.lapse.coming",
        DeliveryKind.Alert => "grid.alert",
        _ => "grid.test",
    };

    private static JsonDocument DataOf(DeliveryMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, WebhookBody.WriterOptions))
        {
            writer.WriteStartObject();
            MessageData.Write(writer, message);
            writer.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.WrittenMemory);
    }
}
