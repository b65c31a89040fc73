using System.Text.Json;
using Grid.Model.Rejections;

namespace Grid.Ingest.Calls;

/// <summary>Names of JSON types for messages, and the text of JSON strings.</summary>
internal static class JsonNames
{
    // One buffer per thread: reading a body never awaits, and a text is used before the next one is read.
    [ThreadStatic]
    private static byte[]? scratch;

    public static Reason Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => ReasonWords.Object,
        JsonTokenType.StartArray => ReasonWords.Array,
        JsonTokenType.String => ReasonWords.Text,
        JsonTokenType.Number => ReasonWords.Number,
        JsonTokenType.True or JsonTokenType.False => ReasonWords.TruthValue,
        JsonTokenType.Null => ReasonWords.Null,
        _ => ReasonWords.Missing,
    };

    /// <summary>The text of a string; valid until the next call. False when it contains half of a surrogate pair.</summary>
    public static bool TryUnescape(ReadOnlySpan<byte> body, in Slot slot, out ReadOnlySpan<byte> text)
    {
        text = body.Slice(slot.Start + 1, slot.Length - 2);
        if (!slot.Escaped) return true;
        var buffer = text.Length <= IngestLimits.CallBytesMax ? scratch ??= new byte[IngestLimits.CallBytesMax] : new byte[text.Length];
        var json = new Utf8JsonReader(body.Slice(slot.Start, slot.Length));
        json.Read();
        try
        {
            text = buffer.AsSpan(0, json.CopyString(buffer));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
