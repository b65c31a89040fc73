using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Grid.Ingest.Mapping;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Ingest.Calls;

/// <summary>Translates the fields of one call into a fact.</summary>
/// <param name="context">The context of the batch; null for none.</param>
internal ref struct CallTranslator(CallParser parser, CallFields fields, BatchContext? context)
{
    private CallFields _fields = fields;

    public readonly (Reason Reason, string Place)? Fault => _fields.Fault;

    /// <summary>Null when the fields have a fault. The customer is set whenever the call names one.</summary>
    public Fact? Translate(CallKind kind, ref CallItem item, Instant receivedAt)
    {
        item.Customer = Customer();
        if (kind == CallKind.Any) kind = Kind();
        var at = item.Timestamp.Present ? _fields.Instant(item.DatedBy) ?? default : receivedAt;
        var key = Key(item, receivedAt);
        if (_fields.Fault is not null) return null;
        var fact = Translate(kind, at, key);
        if (fact is not null && kind != CallKind.Identify) item.Traits = ContextTraits(at, key);
        return fact;
    }

    private Fact? Translate(CallKind kind, Instant at, MessageKey key)
    {
        switch (kind)
        {
            case CallKind.Track:
                return Track(at, key);
            case CallKind.Identify:
                return IsObject(Field.Traits) ? new TraitsSet(at, key, TraitReader.Read(ref _fields, TraitsOfBatch)) : null;
            case CallKind.Page or CallKind.Screen:
                return IsObject(Field.Properties) ? Browse(at, key) : null;
            case CallKind.Group:
                return _fields.Id(Field.GroupId, Limits.NameBytesMax) is { } community
                    ? new CommunityJoined(at, key, community, _fields.OptionalName(Field.TraitSource)) : null;
            case CallKind.Alias:
                _fields.FailCall(Reasons.NoMerging);
                return null;
            default:
                return null;
        }
    }

    private readonly Trait[] TraitsOfBatch => context is null ? [] : context.TraitsFor(_fields.Slots);

    /// <summary>The traits that the call brings along, as a fact with a key of its own; null for none.</summary>
    private TraitsSet? ContextTraits(Instant at, MessageKey key)
    {
        if (context is null && !_fields.Has(Field.ContextTraits)) return null;
        var traits = TraitReader.ReadContext(ref _fields, TraitsOfBatch);
        if (traits.Length == 0) return null;
        Span<byte> text = stackalloc byte[sizeof(ulong) + 1];
        BinaryPrimitives.WriteUInt64LittleEndian(text, key.Value);
        text[^1] = (byte)'t';
        return new TraitsSet(at, MessageKey.From(text), traits);
    }

    private CallKind Kind()
    {
        if (!_fields.TryText(Field.Type, allowNumber: false, out var type)) return CallKind.Any;
        if (type.SequenceEqual("track"u8)) return CallKind.Track;
        if (type.SequenceEqual("identify"u8)) return CallKind.Identify;
        if (type.SequenceEqual("page"u8)) return CallKind.Page;
        if (type.SequenceEqual("screen"u8)) return CallKind.Screen;
        if (type.SequenceEqual("group"u8)) return CallKind.Group;
        if (type.SequenceEqual("alias"u8)) return CallKind.Alias;
        _fields.Fail(Field.Type, Reasons.NoCallType);
        return CallKind.Any;
    }

    private string? Customer()
    {
        var field = _fields.Has(Field.UserId) ? Field.UserId : Field.AnonymousId;
        if (!_fields.Has(field))
        {
            _fields.FailCall(Reasons.NoCustomer);
            return null;
        }

        if (_fields.Id(field, Limits.CustomerIdBytesMax) is not { } text) return null;
        if (field == Field.UserId && text.StartsWith(CustomerId.AnonymousPrefix, StringComparison.Ordinal))
        {
            _fields.Fail(field, Reasons.ReservedPrefix.With(CustomerId.AnonymousPrefix));
            return null;
        }

        var reason = field == Field.UserId ? CustomerId.Read(text, out var customer) : CustomerId.ReadAnonymous(text, out customer);
        if (reason is null) return customer.Value;
        _fields.Fail(field, reason);
        return null;
    }

    /// <summary>
    /// The key of the messageId. Without one, a call with a timestamp is recognised by its own bytes except for the sending time,
    /// so that the same call sent again is a duplicate; a call without both is always new.
    /// </summary>
    private MessageKey Key(in CallItem item, Instant receivedAt)
    {
        if (item.MessageId.Present)
            return _fields.MessageIdKey();
        if (!item.Timestamp.Present) return parser.UniqueKey(receivedAt);
        var call = _fields.Body.Slice(item.Start, item.Length);
        var sentAt = _fields.Slot(Field.SentAt);
        if (!sentAt.Present) return MessageKey.From(call);
        var without = new byte[call.Length - sentAt.Length];
        call[..(sentAt.Start - item.Start)].CopyTo(without);
        call[(sentAt.Start - item.Start + sentAt.Length)..].CopyTo(without.AsSpan(sentAt.Start - item.Start));
        return MessageKey.From(without);
    }

    private Fact? Track(Instant at, MessageKey key)
    {
        if (!_fields.TryText(Field.Event, allowNumber: false, out var name) || !IsObject(Field.Properties)) return null;
        if (!parser.Mapping.TryFind(name, out var rule))
        {
            _fields.Fail(Field.Event, Reasons.EventNotMapped);
            return null;
        }

        return rule.Fact switch
        {
            FactName.OrderPaid => Paid(at, key),
            FactName.OrderRefunded => Refunded(at, key),
            FactName.OrderCancelled => OrderId() is { } order ? new OrderCancelled(at, key, order) : null,
            FactName.Browse => Browse(at, key),
            FactName.Interaction => new Interacted(at, key, rule.Kind!),
            FactName.CommunityJoined => _fields.Id(Field.Community, Limits.NameBytesMax) is { } community
                ? new CommunityJoined(at, key, community, _fields.OptionalName(Field.Source) ?? Channel()) : null,
            FactName.TagAdded => Tag(at, key, present: true),
            FactName.TagRemoved => Tag(at, key, present: false),
            FactName.PlanPurchased => Plan(at, key),
            FactName.PointsEarned => Points(at, key, sign: 1),
            FactName.PointsRedeemed => Points(at, key, sign: -1),
            FactName.ConsentGranted => _fields.Name(Field.Purpose) is { } purpose ? new ConsentChanged(at, key, purpose, true) : null,
            FactName.ConsentWithdrawn => _fields.Name(Field.Purpose) is { } purpose ? new ConsentChanged(at, key, purpose, false) : null,
            _ => throw new InvalidOperationException($"The mapping names the fact {rule.Fact}, which has no translation."),
        };
    }

    private OrderPaid? Paid(Instant at, MessageKey key)
    {
        var order = OrderId();
        CheckCurrency();
        if (!_fields.Has(Field.Total) && !_fields.Has(Field.Revenue)) _fields.FailCall(Reasons.NoAmount);
        var amount = _fields.Amount(_fields.Has(Field.Total) ? Field.Total : Field.Revenue, parser.Currency);
        if (_fields.Fault is not null) return null;
        ProductReader.Read(ref _fields, out var quantity, out var category);
        return new OrderPaid(at, key, order!, amount!.Value, _fields.OptionalName(Field.Category) ?? category, Channel(), quantity);
    }

    private OrderRefunded? Refunded(Instant at, MessageKey key)
    {
        var order = OrderId();
        CheckCurrency();
        long? amount = null;
        var pieces = 0;
        if (_fields.Has(Field.Total)) amount = _fields.Amount(Field.Total, parser.Currency);
        else if (_fields.Has(Field.Revenue)) amount = _fields.Amount(Field.Revenue, parser.Currency);
        else if (_fields.Has(Field.Products)) amount = ProductReader.ReadReturned(ref _fields, parser.Currency, out pieces);
        return _fields.Fault is null ? new OrderRefunded(at, key, order!, amount, pieces) : null;
    }

    private Browsed Browse(Instant at, MessageKey key)
    {
        var category = _fields.OptionalName(Field.Category) ?? _fields.OptionalName(Field.PageCategory);
        var dwell = 0;
        if (_fields.Has(Field.Dwell))
        {
            var seconds = _fields.Number(_fields.Slot(Field.Dwell));
            if (seconds is >= 0 and <= IngestLimits.DwellSecondsMax) dwell = (int)seconds;
            else _fields.Note(_fields.Slot(Field.Dwell), Reasons.NoSeconds.With(IngestLimits.DwellSecondsMax));
        }

        return new Browsed(at, key, category, dwell);
    }

    private TagChanged? Tag(Instant at, MessageKey key, bool present)
    {
        if (_fields.Name(Field.Tag) is not { } tag) return null;
        var expiresAt = present && _fields.Has(Field.ExpiresAt) ? _fields.Instant(Field.ExpiresAt) : Instant.Never;
        return expiresAt is { } until ? new TagChanged(at, key, tag, present, until) : null;
    }

    private PlanPurchased? Plan(Instant at, MessageKey key) =>
        _fields.Name(Field.Plan) is { } plan && _fields.Instant(Field.Until) is { } until ? new PlanPurchased(at, key, plan, until) : null;

    private PointsChanged? Points(Instant at, MessageKey key, int sign)
    {
        if (_fields.Whole(_fields.Slot(Field.Points)) is > 0 and <= Limits.AmountMax and var points)
            return new PointsChanged(at, key, sign * points);
        _fields.Fail(Field.Points, _fields.Has(Field.Points) ? Reasons.NoWholeNumber.With(1, Limits.AmountMax) : Reasons.Missing);
        return null;
    }

    private string? OrderId() => _fields.Id(Field.OrderId, Limits.OrderIdBytesMax);

    private string? Channel() =>
        _fields.OptionalName(Field.Channel) ?? _fields.OptionalName(Field.Affiliation) ?? _fields.OptionalName(Field.CampaignSource);

    private void CheckCurrency()
    {
        if (!_fields.Has(Field.Currency) || !_fields.TryText(Field.Currency, allowNumber: false, out var code)) return;
        if (Ascii.EqualsIgnoreCase(code, parser.Currency.Code)) return;
        _fields.Fail(Field.Currency, Reasons.WrongCurrency.With(parser.Currency.Code));
    }

    /// <summary>An object is optional; any other value in its place is a fault.</summary>
    private bool IsObject(Field field)
    {
        var slot = _fields.Slot(field);
        if (!slot.Present || slot.Type == JsonTokenType.StartObject) return true;
        _fields.Fail(field, CallFields.WrongKind(slot, ReasonWords.Object));
        return false;
    }
}
