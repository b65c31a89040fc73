using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Grid.Ingest.Values;
using Grid.Model;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Ingest.Calls;

/// <summary>
/// Reads values from the fields of one call. A required field that is missing or wrong fails the call; an optional field that is wrong is left out
/// and reported.
/// </summary>
internal ref struct CallFields(ReadOnlySpan<byte> body, ref Slots slots, CallBatch into, int index, PlaceholderIds placeholders)
{
    /// <summary>The index of the call when the fields are those of a whole batch.</summary>
    public const int WholeBody = -2;

    private readonly ReadOnlySpan<byte> _body = body;
    private readonly ref Slots _slots = ref slots;
    private readonly int _item = index == WholeBody ? CallNote.WholeBody : into.Items.Count;
    private int _notes;

    /// <summary>The first reason why the call is rejected.</summary>
    public (Reason Reason, string Place)? Fault { get; private set; }

    public readonly ReadOnlySpan<byte> Body => _body;

    public readonly ref readonly Slots Slots => ref _slots;

    public readonly Slot Slot(Field field) => _slots[field];

    public readonly bool Has(Field field) => _slots[field].Present;

    /// <summary>
    /// An id by the rule of <see cref="IdText"/>: a text, or a whole number whose digits are the id. Null with a fault when it is invalid.
    /// </summary>
    public string? Id(Field field, int bytesMax)
    {
        if (!TryText(field, allowNumber: true, out var text)) return null;
        if ((IdFault(text, bytesMax, out var id) ?? placeholders.Fault(id)) is not { } reason) return id;
        Fail(field, reason);
        return null;
    }

    /// <summary>The trimmed id, or the reason why it is invalid.</summary>
    public static Reason? IdFault(ReadOnlySpan<byte> text, int bytesMax, out string id)
    {
        id = Encoding.UTF8.GetString(text);
        var trimmed = IdText.Trim(id);
        if (trimmed.Length < id.Length) id = trimmed.ToString();
        if (IdText.Fault(id) is { } error) return text.IsEmpty ? Reasons.Empty : error;
        var length = Encoding.UTF8.GetByteCount(id);
        return length > bytesMax ? Reasons.TooManyBytes.With(length, bytesMax) : null;
    }

    /// <summary>The key of the messageId by the rule for ids; without a fault also where the id hides something in its middle.</summary>
    public MessageKey MessageIdKey()
    {
        if (!TryText(Field.MessageId, allowNumber: true, out var text)) return default;
        if (text.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 && text.Length > placeholders.BytesMax) return MessageKey.From(text);
        var id = Encoding.UTF8.GetString(text);
        var trimmed = IdText.Trim(id);
        if ((trimmed.IsEmpty ? IdText.Fault(trimmed) : placeholders.Fault(trimmed)) is { } reason) Fail(Field.MessageId, reason);
        return trimmed.Length == id.Length ? MessageKey.From(text) : MessageKey.From(trimmed.ToString());
    }

    /// <summary>A name that returns often, from the pool.</summary>
    public string? Name(Field field)
    {
        if (!TryText(field, allowNumber: false, out var text)) return null;
        if (NameFault(text, Limits.NameBytesMax) is not { } reason) return NamePool.Get(text);
        Fail(field, reason);
        return null;
    }

    public string? OptionalName(Field field) => _slots[field].Present ? OptionalName(_slots[field]) : null;

    public string? OptionalName(Slot slot)
    {
        if (slot.Type == JsonTokenType.String)
        {
            // An empty name counts as a missing one.
            if (slot.Length == 2) return null;
            if (JsonNames.TryUnescape(_body, slot, out var text) && NameFault(text, Limits.NameBytesMax) is null) return NamePool.Get(text);
            Note(slot, Reasons.NoName.With(Limits.NameBytesMax));
            return null;
        }

        Note(slot, WrongKind(slot, ReasonWords.Text));
        return null;
    }

    public Instant? Instant(Field field)
    {
        if (!TryText(field, allowNumber: false, out var text)) return null;
        if (IsoInstant.TryRead(text, out var instant)) return instant;
        Fail(field, Reasons.NoInstant);
        return null;
    }

    public Instant? OptionalInstant(Field field)
    {
        var slot = _slots[field];
        if (!slot.Present) return null;
        if (slot.Type == JsonTokenType.String && JsonNames.TryUnescape(_body, slot, out var text)
            && IsoInstant.TryRead(text, out var instant)) return instant;
        Note(slot, Reasons.NoInstant);
        return null;
    }

    public long? Amount(Field field, Currency currency)
    {
        var slot = _slots[field];
        if (slot.Type is not (JsonTokenType.Number or JsonTokenType.String))
        {
            Fail(field, slot.Present ? WrongKind(slot, ReasonWords.Amount) : Reasons.Missing);
            return null;
        }

        if (Values.Amount.Read(Literal(slot), currency.MinorUnits, out var amount) is not { } reason) return amount;
        Fail(field, reason);
        return null;
    }

    /// <summary>A whole number, as JSON number or text; null when it is something else.</summary>
    public readonly long? Whole(Slot slot)
    {
        if (slot.Type is not (JsonTokenType.Number or JsonTokenType.String)) return null;
        var literal = Literal(slot);
        if (Utf8Parser.TryParse(literal, out long number, out var used) && used == literal.Length) return number;
        return Number(slot) is { } value && value == decimal.Truncate(value) && Math.Abs(value) <= long.MaxValue ? (long)value : null;
    }

    /// <summary>A number, as JSON number or text; null when it is something else or out of a decimal's range.</summary>
    public readonly decimal? Number(Slot slot) =>
        slot.Type is JsonTokenType.Number or JsonTokenType.String
        && decimal.TryParse(Literal(slot), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    public void Fail(Field field, Reason reason)
    {
        var slot = _slots[field];
        if (slot.Type != JsonTokenType.None) Fail(slot, reason);
        else Fault ??= (Reasons.InField.With(FieldPaths.Name(field), reason), FieldPaths.OfMissing(index, field));
    }

    public void Fail(Slot slot, Reason reason) =>
        Fault ??= (Reasons.InField.With(FieldPaths.NameBefore(_body, slot.Start), reason), FieldPaths.OfPresent(index, _body, slot, _slots));

    /// <summary>Fails the call as a whole.</summary>
    public void FailCall(Reason reason) => Fault ??= (reason, FieldPaths.OfCall(index));

    /// <summary>Reports a part of the call that was left out.</summary>
    /// <param name="name">The name of the part; null for that of the member.</param>
    public void Note(Slot slot, Reason reason, string? name = null)
    {
        if (_notes++ >= IngestLimits.NotesPerCallMax) return;
        name ??= FieldPaths.NameBefore(_body, slot.Start);
        reason = Reasons.InField.With(name, Reasons.LeftOut.With(reason));
        if (_notes == IngestLimits.NotesPerCallMax) reason = Reasons.FurtherUnreported.With(reason);
        into.Notes.Add(new CallNote(_item, reason, FieldPaths.OfPresent(index, _body, slot, _slots, name)));
    }

    /// <summary>The reason for a value of the wrong kind.</summary>
    public static Reason WrongKind(Slot slot, Reason expected) => Reasons.WrongKind.With(JsonNames.Describe(slot.Type), expected);

    /// <summary>The text of a required field; false with a fault when it has none.</summary>
    public bool TryText(Field field, bool allowNumber, out ReadOnlySpan<byte> text)
    {
        ref readonly var slot = ref _slots[field];
        text = default;
        if (slot.Type == JsonTokenType.String)
        {
            if (JsonNames.TryUnescape(_body, slot, out text)) return true;
            Fail(field, Reasons.BrokenSurrogate);
            return false;
        }

        if (allowNumber && slot.Type == JsonTokenType.Number)
        {
            text = _body.Slice(slot.Start, slot.Length);
            if (text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0) return true;
        }

        Fail(field, slot.Present ? WrongKind(slot, ReasonWords.Text) : Reasons.Missing);
        return false;
    }

    public static Reason? NameFault(ReadOnlySpan<byte> text, int bytesMax)
    {
        if (text.IsEmpty) return Reasons.Empty;
        if (IdText.IsBlank(text)) return Reasons.Blank;
        if (text.Length > bytesMax) return Reasons.TooManyBytes.With(text.Length, bytesMax);
        return text.IndexOfAnyInRange((byte)0, (byte)31) >= 0 || text.Contains((byte)127) ? Reasons.WithControl : null;
    }

    /// <summary>The literal of a number, also when it is written as a text.</summary>
    // Valid numbers contain no escapes, so an escaped text is no number.
    public readonly ReadOnlySpan<byte> Literal(Slot slot) => slot.Type == JsonTokenType.String
        ? _body.Slice(slot.Start + 1, slot.Length - 2) : _body.Slice(slot.Start, slot.Length);
}
