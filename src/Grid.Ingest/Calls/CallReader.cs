using System.Text;
using System.Text.Json;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Ingest.Calls;

/// <summary>Reads a body once: records the places of the known fields, skips the others, and translates each call at its end.</summary>
internal ref partial struct CallReader
{
    private readonly CallParser _parser;
    private readonly ReadOnlySpan<byte> _body;
    private readonly CallBatch _into;
    private Utf8JsonReader _json;
    private Slots _slots;
    private Slot _repeated;
    private bool _isBatch;
    private int _depth;
    private bool _inBatch;
    private BatchContext? _context;

    /// <param name="context">The context of the batch, when it is known before the body is read.</param>
    public CallReader(CallParser parser, ReadOnlySpan<byte> body, CallBatch into, BatchContext? context = null)
    {
        _context = context;
        _parser = parser;
        _body = body;
        _into = into;
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = IngestLimits.BatchBytesMax });
    }

    /// <summary>What the batch's own context gives to its items, when it stands behind them; null for nothing.</summary>
    public BatchContext? LateContext { get; private set; }

    public BodyFault? ReadCall(CallKind kind)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject) return NoObject();
        ReadObject(_parser.Names, ref _slots);
        EndCall(kind, start: 0, _body.Length, index: -1);
        _json.Read();
        Settle(Instant.Never);
        _into.WriteKey = TextOrNull(_slots[Field.WriteKey]);
        return null;
    }

    public BodyFault? ReadBatch()
    {
        Slots root = default;
        var hasBatch = false;
        var isContextKnown = _context is not null;
        _isBatch = true;
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject) return NoObject();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var isKnown = TryFindName(_parser.Names, out var entry);
            _json.Read();
            if (isKnown && entry.Field == Field.Batch)
            {
                if (hasBatch)
                    return new BodyFault(Reasons.BatchTwice, Position("$.batch", _json.TokenStartIndex));
                hasBatch = true;
                if (ReadItems() is { } error) return error;
            }
            else if (isKnown && entry.Field == Field.Context && _json.TokenType == JsonTokenType.StartObject && !isContextKnown)
            {
                isContextKnown = true;
                var context = ReadContext(entry, ref root);
                if (hasBatch) LateContext = context;
                else _context = context;
            }
            else if (isKnown)
            {
                root.At(entry.Field) = TakeSlot();
            }
            else
            {
                _json.Skip();
            }
        }

        _json.Read();
        if (!hasBatch) return new BodyFault(Reasons.BatchMissing, "$.batch");
        if (LateContext is not null) return null;
        var fields = new CallFields(_body, ref root, _into, CallFields.WholeBody, _parser.Placeholders);
        Settle(SentAt(root, ref fields));
        _into.WriteKey = TextOrNull(root[Field.WriteKey]);
        return null;
    }

    public readonly BodyFault Broken(JsonException exception)
    {
        var message = exception.Message;
        var detail = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        if (detail >= 0) message = message[..detail];
        var path = _inBatch ? $"$.batch[{_into.Items.Count}]" : "$";
        return new BodyFault(
            Reasons.BodyNoJson.With(message),
            $"{path} (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine})");
    }

    private BatchContext? ReadContext(FieldNames.Entry context, ref Slots root)
    {
        var start = (int)_json.TokenStartIndex;
        ReadObject(context.Inside!, ref root);
        root.At(Field.Context) = new Slot(start, (int)_json.BytesConsumed - start, JsonTokenType.StartObject, Escaped: false);
        _repeated = default;
        if (_depth > IngestLimits.JsonDepthMax) return null;
        var fields = new CallFields(_body, ref root, _into, CallFields.WholeBody, _parser.Placeholders);
        return BatchContext.Read(ref fields);
    }

    private BodyFault? ReadItems()
    {
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            return new BodyFault(
                Reasons.BatchNoArray.With(JsonNames.Describe(_json.TokenType)),
                Position("$.batch", _json.TokenStartIndex));
        }

        _inBatch = true;
        for (var index = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index == IngestLimits.BatchEventsMax)
                return new BodyFault(Reasons.BatchTooLong.With(IngestLimits.BatchEventsMax), $"$.batch[{index}]", IsTooLarge: true);
            var start = (int)_json.TokenStartIndex;
            if (_json.TokenType == JsonTokenType.StartObject)
            {
                (_slots, _depth) = (default, 0);
                ReadObject(_parser.Names, ref _slots);
                EndCall(CallKind.Any, start, (int)_json.BytesConsumed - start, index);
            }
            else
            {
                var found = JsonNames.Describe(_json.TokenType);
                _json.Skip();
                Reject(start, (int)_json.BytesConsumed - start, Reasons.CallNoObject.With(found), index);
            }
        }

        _inBatch = false;
        return null;
    }

    private void ReadObject(FieldNames names, ref Slots slots)
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryFindName(names, out var entry))
            {
                _json.Read();
                Skip();
                continue;
            }

            _json.Read();
            if (entry.Inside is not null && _json.TokenType == JsonTokenType.StartObject)
            {
                var start = (int)_json.TokenStartIndex;
                if (slots[entry.Field].Present) _repeated = new Slot(start, 0, JsonTokenType.StartObject, Escaped: false);
                ReadObject(entry.Inside, ref slots);
                slots.At(entry.Field) = new Slot(start, (int)_json.BytesConsumed - start, JsonTokenType.StartObject, Escaped: false);
            }
            else
            {
                slots.At(entry.Field) = TakeSlot();
            }
        }
    }

    private Slot TakeSlot()
    {
        var start = (int)_json.TokenStartIndex;
        var type = _json.TokenType;
        var escaped = _json.ValueIsEscaped;
        Skip();
        var length = (int)_json.BytesConsumed - start;
        return new Slot(start, length, IsEmpty(type, _body.Slice(start, length)) ? JsonTokenType.Null : type, escaped);
    }

    /// <summary>Whether a value counts as null: an empty text, or an empty array.</summary>
    private static bool IsEmpty(JsonTokenType type, ReadOnlySpan<byte> value) => type switch
    {
        JsonTokenType.String => value.Length == 2,
        JsonTokenType.StartArray => value[1..^1].Trim(" \t\r\n"u8).IsEmpty,
        _ => false,
    };

    /// <summary>Skips a value and notes how deep it is: a call that is nested too deeply is rejected alone.</summary>
    private void Skip()
    {
        if (_json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        var outside = _json.CurrentDepth;
        while (_json.Read() && _json.CurrentDepth > outside) _depth = Math.Max(_depth, _json.CurrentDepth);
    }

    private readonly bool TryFindName(FieldNames names, out FieldNames.Entry entry)
    {
        if (!_json.ValueIsEscaped) return names.TryFind(_json.ValueSpan, out entry);
        var name = new Slot((int)_json.TokenStartIndex, _json.ValueSpan.Length + 2, JsonTokenType.String, Escaped: true);
        entry = default;
        return JsonNames.TryUnescape(_body, name, out var text) && names.TryFind(text, out entry);
    }

    private void EndCall(CallKind kind, int start, int length, int index)
    {
        if (length > IngestLimits.CallBytesMax)
        {
            Reject(start, length, Reasons.CallTooLong.With(length, IngestLimits.CallBytesMax), index);
            return;
        }

        if (_depth > IngestLimits.JsonDepthMax)
        {
            Reject(start, length, Reasons.CallTooDeep.With(IngestLimits.JsonDepthMax), index);
            return;
        }

        _context?.AddTo(ref _slots);
        var fields = new CallFields(_body, ref _slots, _into, index, _parser.Placeholders);
        if (_repeated.Type != JsonTokenType.None) fields.Fail(_repeated, Reasons.ObjectTwice);
        _repeated = default;
        CallItem item = new()
        {
            Start = start,
            Length = length,
            MessageId = _slots[Field.MessageId],
            DatedBy = DatedBy(_slots),
            Timestamp = _slots[DatedBy(_slots)],
            IsSettled = !_parser.CorrectsClocks || _slots[Field.ReceivedAt].Present
                || (_slots[Field.Timestamp].Present && _slots[Field.OriginalTimestamp].Present),
            SentAt = _parser.CorrectsClocks ? SentAt(_slots, ref fields) : Instant.Never,
        };
        var translator = new CallTranslator(_parser, fields, _context);
        item.Fact = translator.Translate(kind, ref item, _into.ReceivedAt);
        if (translator.Fault is { } error)
        {
            (item.Fact, item.Traits) = (null, null);
            item.Outcome = FactOutcome.Rejected(error.Reason);
            item.Place = error.Place;
        }

        _into.Items.Add(item);
    }

    private readonly void Reject(int start, int length, Reason reason, int index) =>
        _into.Items.Add(new CallItem
        {
            Start = start,
            Length = length,
            SentAt = Instant.Never,
            Outcome = FactOutcome.Rejected(reason),
            Place = Position(index < 0 ? "$" : $"$.batch[{index}]", start),
        });

    private readonly string? TextOrNull(Slot slot) =>
        slot.Type == JsonTokenType.String && JsonNames.TryUnescape(_body, slot, out var text) ? Encoding.UTF8.GetString(text) : null;

    private readonly BodyFault NoObject() => new(
        Reasons.BodyNoObject.With(JsonNames.Describe(_json.TokenType)),
        Position("$", _json.TokenStartIndex));

    private static string Position(string path, long start) => $"{path} (byte {start})";
}
