using System.Text;
using System.Text.Json;

namespace Grid.Ingest.Calls;

/// <summary>Formats a place in a body: a JSON path and the byte offset. Only for mistakes, never for valid calls.</summary>
internal static class FieldPaths
{
    public static string OfCall(int index) => index < 0 ? "$" : $"$.batch[{index}]";

    public static string OfMissing(int index, Field field) => $"{OfCall(index)}{Container(field)}.{Name(field)}";

    /// <param name="name">The name inside its container; null for the member's own.</param>
    public static string OfPresent(int index, ReadOnlySpan<byte> body, Slot slot, in Slots slots, string? name = null)
    {
        var path = new StringBuilder(OfCall(index));
        foreach (var container in (ReadOnlySpan<Field>)[Field.Context, Field.Campaign, Field.ContextTraits, Field.Properties, Field.Products, Field.Traits])
            if (IsInside(slot, slots[container])) path.Append('.').Append(NameBefore(body, slots[container].Start));
        return $"{path}.{name ?? NameBefore(body, slot.Start)} (byte {slot.Start})";
    }

    /// <summary>The name of the member whose value starts at <paramref name="start"/>, as it was sent.</summary>
    public static string NameBefore(ReadOnlySpan<byte> body, int start)
    {
        var colon = body[..start].LastIndexOf((byte)':');
        if (colon < 0) return "call";
        var close = body[..colon].LastIndexOf((byte)'"');
        if (close < 0) return "call";
        var open = body[..close].LastIndexOf((byte)'"');
        return Encoding.UTF8.GetString(body[(open + 1)..close]);
    }

    /// <summary>The name that the Segment spec uses.</summary>
    public static string Name(Field field)
    {
        if (field == Field.Community) return "group_id";
        var isProperty = field is >= Field.OrderId and <= Field.Source;
        var text = new StringBuilder();
        foreach (var character in field.ToString())
        {
            if (char.IsUpper(character) && isProperty && text.Length > 0) text.Append('_');
            text.Append(isProperty || text.Length == 0 ? char.ToLowerInvariant(character) : character);
        }

        return text.ToString();
    }

    private static string Container(Field field) => field is >= Field.OrderId and <= Field.Source ? ".properties" : "";

    private static bool IsInside(Slot slot, Slot container) =>
        container.Type is JsonTokenType.StartObject or JsonTokenType.StartArray
        && slot.Start > container.Start && slot.Start < container.Start + container.Length;
}
