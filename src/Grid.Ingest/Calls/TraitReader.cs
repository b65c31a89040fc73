using System.Text;
using System.Text.Json;
using Grid.Model;
using Grid.Model.Bytes;
using Grid.Model.Facts;
using Grid.Model.Metrics;

namespace Grid.Ingest.Calls;

/// <summary>Reads the traits of an identify call. Nested traits, and those beyond the limit, are left out and reported.</summary>
internal static class TraitReader
{
    public static Trait[] Read(ref CallFields fields)
    {
        var slot = fields.Slot(Field.Traits);
        if (!slot.Present) return [];
        var traits = new List<Trait>();
        var json = new Utf8JsonReader(fields.Body.Slice(slot.Start, slot.Length));
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = TakeName(ref json, fields.Body, slot.Start);
            json.Read();
            var start = slot.Start + (int)json.TokenStartIndex;
            var value = new Slot(start, 0, json.TokenType, json.ValueIsEscaped);
            json.Skip();
            value = value with { Length = slot.Start + (int)json.BytesConsumed - start };
            if (value.Type == JsonTokenType.Null) continue;
            if (name is null)
                fields.Note(value, $"left out: its name has no 1 to {Limits.NameBytesMax} bytes without control characters");
            else if (traits.Count == IngestLimits.TraitsPerCallMax)
                fields.Note(value, $"left out: a call has at most {IngestLimits.TraitsPerCallMax} traits");
            else if (TakeValue(ref fields, value) is { } taken)
            {
                if (YearsOfAge.Fault(name, taken) is { } fault) fields.Note(value, $"left out: {fault}");
                else Add(traits, new Trait(name, taken));
            }
        }

        return [.. traits];
    }

    private static string? TakeName(ref Utf8JsonReader json, ReadOnlySpan<byte> body, int offset)
    {
        var slot = new Slot(offset + (int)json.TokenStartIndex, json.ValueSpan.Length + 2, JsonTokenType.String, json.ValueIsEscaped);
        return JsonNames.TryUnescape(body, slot, out var text) && CallFields.NameFault(text, Limits.NameBytesMax) is null
            ? NamePool.Get(text) : null;
    }

    private static TraitValue? TakeValue(ref CallFields fields, Slot value)
    {
        switch (value.Type)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return TraitValue.OfTruth(value.Type == JsonTokenType.True);
            case JsonTokenType.Number:
                if (fields.Number(value) is { } number) return TraitValue.OfNumber(number);
                fields.Note(value, "left out: the number is out of range");
                return null;
            case JsonTokenType.String:
                if (!JsonNames.TryUnescape(fields.Body, value, out var text))
                    fields.Note(value, "left out: it holds half of a surrogate pair");
                else if (text.Length > Limits.TraitTextBytesMax)
                    fields.Note(value, $"left out: it has {text.Length} bytes, at most {Limits.TraitTextBytesMax} are taken");
                else
                    return TraitValue.OfText(Encoding.UTF8.GetString(text));
                return null;
            default:
                fields.Note(value, $"left out: it is {JsonNames.Describe(value.Type)}, expected a text, a number or a truth value");
                return null;
        }
    }

    /// <summary>Of two values for one name in one call the last one wins, as in every JSON parser.</summary>
    private static void Add(List<Trait> traits, Trait trait)
    {
        for (var index = 0; index < traits.Count; index++)
        {
            if (traits[index].Name != trait.Name) continue;
            traits[index] = trait;
            return;
        }

        traits.Add(trait);
    }
}
