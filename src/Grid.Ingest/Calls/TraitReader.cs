using System.Text;
using System.Text.Json;
using Grid.Model;
using Grid.Model.Bytes;
using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Rejections;

namespace Grid.Ingest.Calls;

/// <summary>
/// Reads the traits of a call. The traits inside an object are named by their path (<c>address.city</c>), null removes a trait. Arrays, and what
/// exceeds a limit, are left out and reported.
/// </summary>
internal ref struct TraitReader
{
    private readonly int _offset;
    private readonly List<Trait> _traits;
    private Utf8JsonReader _json;

    private TraitReader(ReadOnlySpan<byte> body, Slot slot, List<Trait> into)
    {
        _offset = slot.Start;
        _traits = into;
        _json = new Utf8JsonReader(body.Slice(slot.Start, slot.Length));
        _json.Read();
    }

    /// <summary>The traits of an identify call: those in its context, then its own, which win.</summary>
    /// <param name="before">Traits of the batch; those of the call win.</param>
    public static Trait[] Read(ref CallFields fields, Trait[] before)
    {
        var context = ReadContext(ref fields, before);
        return fields.Has(Field.Traits) ? ReadObject(ref fields, fields.Slot(Field.Traits), context) : context;
    }

    /// <summary>The traits in the context of a call.</summary>
    /// <param name="before">Traits of the batch; those of the call win.</param>
    public static Trait[] ReadContext(ref CallFields fields, Trait[] before)
    {
        var slot = fields.Slot(Field.ContextTraits);
        if (!slot.Present) return before;
        if (slot.Type == JsonTokenType.StartObject) return ReadObject(ref fields, slot, before);
        fields.Note(slot, CallFields.WrongKind(slot, ReasonWords.Object));
        return before;
    }

    private static Trait[] ReadObject(ref CallFields fields, Slot slot, Trait[] before)
    {
        var traits = new List<Trait>(before);
        new TraitReader(fields.Body, slot, traits).ReadMembers(ref fields, container: null, level: 1);
        return [.. traits];
    }

    private void ReadMembers(ref CallFields fields, string? container, int level)
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var name = TakeName(fields.Body, container);
            _json.Read();
            var isObject = _json.TokenType == JsonTokenType.StartObject;
            if (isObject && name is not null && level < IngestLimits.TraitLevelsMax) ReadMembers(ref fields, name, level + 1);
            else TakeTrait(ref fields, name, container, TakeValue());
        }
    }

    private void TakeTrait(ref CallFields fields, string? name, string? container, Slot value)
    {
        if (name is null)
            fields.Note(value, Reasons.NoTraitName.With(Limits.NameBytesMax), Shown(fields.Body, value, container));
        else if (value.Type == JsonTokenType.StartObject)
            fields.Note(value, Reasons.TraitTooDeep.With(IngestLimits.TraitLevelsMax), name);
        else if (Read(ref fields, name, value) is not { } taken)
            return;
        else if (YearsOfAge.Fault(name, taken) is { } error)
            fields.Note(value, error, name);
        else if (!TryAdd(new Trait(name, taken)))
            fields.Note(value, Reasons.TooManyTraits.With(IngestLimits.TraitsPerCallMax), name);
    }

    private static string Shown(ReadOnlySpan<byte> body, Slot value, string? container)
    {
        var own = FieldPaths.NameBefore(body, value.Start);
        return container is null ? own : $"{container}.{own}";
    }

    private Slot TakeValue()
    {
        var start = _offset + (int)_json.TokenStartIndex;
        var value = new Slot(start, 0, _json.TokenType, _json.ValueIsEscaped);
        _json.Skip();
        return value with { Length = _offset + (int)_json.BytesConsumed - start };
    }

    /// <summary>The name with the path before it; null when it is no valid name.</summary>
    private readonly string? TakeName(ReadOnlySpan<byte> body, string? container)
    {
        var slot = new Slot(_offset + (int)_json.TokenStartIndex, _json.ValueSpan.Length + 2, JsonTokenType.String, _json.ValueIsEscaped);
        if (!JsonNames.TryUnescape(body, slot, out var own) || CallFields.NameFault(own, Limits.NameBytesMax) is not null) return null;
        if (container is null) return NamePool.Get(own);
        Span<byte> path = stackalloc byte[2 * Limits.NameBytesMax + 1];
        var length = Encoding.UTF8.GetBytes(container, path);
        path[length++] = (byte)'.';
        own.CopyTo(path[length..]);
        length += own.Length;
        return length > Limits.NameBytesMax ? null : NamePool.Get(path[..length]);
    }

    /// <summary>Null for a value that is left out.</summary>
    private static TraitValue? Read(ref CallFields fields, string name, Slot value)
    {
        switch (value.Type)
        {
            case JsonTokenType.Null:
                return TraitValue.Removed;
            case JsonTokenType.True or JsonTokenType.False:
                return TraitValue.OfTruth(value.Type == JsonTokenType.True);
            case JsonTokenType.Number:
                if (fields.Number(value) is { } number) return TraitValue.OfNumber(number);
                fields.Note(value, Reasons.NumberOutOfRange, name);
                return null;
            case JsonTokenType.String:
                if (value.Length == 2 && YearsOfAge.IsReadFrom(name)) return TraitValue.Removed;
                if (!JsonNames.TryUnescape(fields.Body, value, out var text))
                    fields.Note(value, Reasons.BrokenSurrogate, name);
                else if (text.Length > Limits.TraitTextBytesMax)
                    fields.Note(value, Reasons.TooManyBytes.With(text.Length, Limits.TraitTextBytesMax), name);
                else
                    return TraitValue.OfText(Encoding.UTF8.GetString(text));
                return null;
            default:
                var isEmpty = fields.Body.Slice(value.Start + 1, value.Length - 2).Trim(" \t\r\n"u8).IsEmpty;
                if (!isEmpty) fields.Note(value, CallFields.WrongKind(value, ReasonWords.Scalar), name);
                return null;
        }
    }

    /// <summary>Of two values for one name the last one wins, as in every JSON parser. False when there are too many.</summary>
    private readonly bool TryAdd(Trait trait)
    {
        for (var index = 0; index < _traits.Count; index++)
        {
            if (_traits[index].Name != trait.Name) continue;
            _traits[index] = trait;
            return true;
        }

        if (_traits.Count == IngestLimits.TraitsPerCallMax) return false;
        _traits.Add(trait);
        return true;
    }
}
