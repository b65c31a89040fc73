using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Rulebooks.Explaining;

/// <summary>A trait's value as JSON, read back in the type in which it was written.</summary>
public sealed class TraitJson : JsonConverter<object>
{
    public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => reader.GetDecimal(),
        _ => reader.GetString() ?? throw new JsonException("A trait has no value."),
    };

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value)
        {
            case bool truth: writer.WriteBooleanValue(truth); break;
            case decimal number: writer.WriteNumberValue(number); break;
            default: writer.WriteStringValue((string)value); break;
        }
    }
}
