using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Delivery.Webhooks;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Delivery;

/// <summary>The stored form of messages, endpoints and their health: compact JSON, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(InstantConverter), typeof(CustomerIdConverter)])]
[JsonSerializable(typeof(DeliveryMessage))]
[JsonSerializable(typeof(WebhookEndpoint))]
[JsonSerializable(typeof(EndpointHealth))]
public sealed partial class DeliveryJson : JsonSerializerContext;

/// <summary>Writes an instant as its milliseconds since 1970.</summary>
internal sealed class InstantConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Milliseconds);
}

/// <summary>Writes the id of a customer as text.</summary>
internal sealed class CustomerIdConverter : JsonConverter<CustomerId>
{
    public override CustomerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? string.Empty);

    public override void Write(Utf8JsonWriter writer, CustomerId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
