using System.Text.Json;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Delivery.Webhooks;

/// <summary>What a message says, as properties of JSON: the same for each format, in one order, so that repeats have equal bytes.</summary>
internal static class MessageData
{
    /// <summary>Writes the properties into the object that is open.</summary>
    public static void Write(Utf8JsonWriter writer, DeliveryMessage message)
    {
        writer.WriteString("trigger", message.Trigger);
        writer.WriteString("scheme", message.Scheme);
        if (message.Kind == DeliveryKind.Alert)
        {
            WriteIfPresent(writer, "layer", message.To);
            WriteIfPresent(writer, "sentence", message.Sentence);
        }
        else
        {
            WriteNullable(writer, "from", message.From);
            WriteNullable(writer, "to", message.To);
            WriteIfPresent(writer, "direction", message.Direction is { } direction ? NameOf(direction) : null);
            WriteIfPresent(writer, "cause", message.Cause?.ToString());
        }

        writer.WriteString("effectiveAt", message.EffectiveAt.ToString());
        writer.WriteString("committedAt", message.CommittedAt.ToString());
        WriteExplanation(writer, message.Explanation);
        WriteIfPresent(writer, "playbook", message.Playbook);
        WriteTraits(writer, message.Traits);
    }

    /// <summary>The name of a direction on the wire.</summary>
    public static string NameOf(Direction direction) => direction switch
    {
        Direction.Entry => "entry",
        Direction.Upgrade => "upgrade",
        Direction.Downgrade => "downgrade",
        Direction.Exit => "exit",
        _ => "change",
    };

    /// <summary>Null when no date can express the instant.</summary>
    public static DateTimeOffset? DateOf(Instant instant) =>
        instant < Instant.Earliest || instant > Instant.Latest ? null : instant.ToDateTimeOffset();

    private static void WriteExplanation(Utf8JsonWriter writer, IReadOnlyList<NamedText>? operands)
    {
        if (operands is null) return;
        writer.WriteStartArray("explanation");
        foreach (var operand in operands)
        {
            writer.WriteStartObject();
            writer.WriteString("name", operand.Name);
            writer.WriteString("value", operand.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTraits(Utf8JsonWriter writer, IReadOnlyList<NamedText>? traits)
    {
        if (traits is null) return;
        writer.WriteStartObject("traits");
        foreach (var trait in traits) writer.WriteString(trait.Name, trait.Value);
        writer.WriteEndObject();
    }

    private static void WriteIfPresent(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    private static void WriteNullable(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is null) writer.WriteNull(name);
        else writer.WriteString(name, value);
    }
}
