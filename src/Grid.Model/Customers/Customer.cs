using System.Runtime.InteropServices;
using Grid.Model.Baselines;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>
/// A customer's state opened for one turn: decoded from its bytes, changed by facts, and encoded again. Between turns only the bytes
/// are kept.
/// </summary>
/// <remarks>
/// A customer with 10 orders of one category, 3 traits and 21 schemes costs 731 bytes at rest (the test
/// <c>EncodedCustomerTests.WithTenOrdersStaysSmall</c> prints it). Idle in memory it is the same bytes and their 24 of array header, about 220 of
/// the engine's for its activation, and about 180 in the index of the population.
/// One opened customer costs some kilobytes, once per thread, because the lists below are used again and again.
/// </remarks>
public sealed class Customer
{
    private readonly List<ulong> _messages = [];
    private LayerState[] _reusedLayers = [];

    /// <summary>The id of the customer; scores that split ties compare it. Not part of the state's bytes.</summary>
    public CustomerId Id { get; set; } = new(string.Empty);

    public long Version { get; set; }

    /// <summary>The deadline: the next instant at which time alone changes a layer or a measure.</summary>
    public Instant DueAt { get; set; } = Instant.Never;

    /// <summary>The last instant at which anything took effect. A fact from before it is late.</summary>
    public Instant EvaluatedAt { get; set; } = Instant.Beginning;

    /// <summary>The earliest instant of any fact.</summary>
    public Instant JoinedAt { get; set; } = Instant.Never;

    /// <summary>The rulebook <see cref="Layers"/> and <see cref="Measures"/> belong to; 0 before the first evaluation.</summary>
    public int Rulebook { get; set; }

    public int Baseline { get; set; }

    /// <summary>What the baseline ranks, one value per measure of the rulebook.</summary>
    public long[] Measures { get; set; } = [];

    public Instant MeasuresNextAt { get; set; } = Instant.Never;

    /// <summary>One per scheme of the rulebook, in its order.</summary>
    public LayerState[] Layers { get; set; } = [];

    public OrderBook Orders { get; } = new();

    public HourBuckets Interactions { get; } = new();

    public HourBuckets Browses { get; } = new();

    public Attributes Attributes { get; } = new();

    public Points Points { get; set; }

    /// <summary>Keys of the remembered messages, the oldest accepted first. Orders and refunds hold the keys of their own messages instead.</summary>
    public ReadOnlySpan<ulong> Messages => CollectionsMarshal.AsSpan(_messages);

    /// <summary>What the measures have read of these facts.</summary>
    internal MeasureMemo Readings { get; } = new();

    /// <summary>Sections of the state that a later build wrote and this build cannot read; they are kept unchanged.</summary>
    internal ReadOnlyMemory<byte> Later { get; set; }

    internal void KeepLater(ReadOnlyMemory<byte> section) => Later = Later.IsEmpty ? section : (byte[])[.. Later.Span, .. section.Span];

    public void Clear()
    {
        Readings.Forget();
        Version = 0;
        DueAt = Instant.Never;
        EvaluatedAt = Instant.Beginning;
        JoinedAt = Instant.Never;
        Rulebook = 0;
        Baseline = 0;
        Measures = [];
        MeasuresNextAt = Instant.Never;
        Layers = [];
        Points = default;
        Orders.Clear();
        Interactions.Clear();
        Browses.Clear();
        Attributes.Clear();
        _messages.Clear();
        Later = default;
    }

    /// <summary>Applies a fact; nothing changes unless <see cref="FactOutcome.ChangesState"/>.</summary>
    public FactOutcome Apply(Fact fact)
    {
        Readings.Forget();
        var outcome = fact switch
        {
            OrderPaid paid => Orders.Apply(paid),
            OrderRefunded refunded => Orders.Apply(refunded),
            OrderCancelled cancelled => Orders.Apply(cancelled),
            _ => ApplyOnce(fact),
        };
        if (outcome.ChangesState) JoinedAt = Instant.Min(JoinedAt, fact.At);
        return outcome;
    }

    /// <summary>
    /// Points <see cref="Layers"/> to an array that this object keeps and the next decoding overwrites, to save an allocation for each event.
    /// Copy what must outlive it.
    /// </summary>
    internal LayerState[] ReuseLayers(int count)
    {
        if (_reusedLayers.Length != count) _reusedLayers = new LayerState[count];
        return Layers = _reusedLayers;
    }

    /// <summary>Whether a fact without an identity of its own was applied before.</summary>
    internal bool Remembers(MessageKey key) => Messages.Contains(key.Value);

    internal void RestoreMessage(ulong key) => _messages.Add(key);

    /// <summary>Facts without an identity of their own count once per message.</summary>
    private FactOutcome ApplyOnce(Fact fact)
    {
        if (Remembers(fact.Key)) return FactOutcome.Duplicate;
        var outcome = fact switch
        {
            Interacted interacted => Interactions.Add(interacted.At, interacted.InteractionKind, 0),
            Browsed browsed => Browses.Add(browsed.At, browsed.Category ?? string.Empty, browsed.DwellSeconds),
            TraitsSet set => Attributes.Apply(set),
            TagChanged changed => Attributes.Apply(changed),
            ConsentChanged changed => Attributes.Apply(changed),
            PlanPurchased purchased => Attributes.Apply(purchased),
            CommunityJoined joined => Attributes.Apply(joined),
            PointsChanged changed => ApplyPoints(changed),
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "a kind of fact that no state keeps"),
        };
        if (outcome.Kind != OutcomeKind.Accepted) return outcome;
        if (_messages.Count >= Limits.MessageKeysMax) _messages.RemoveAt(0);
        _messages.Add(fact.Key.Value);
        return outcome;
    }

    private FactOutcome ApplyPoints(PointsChanged changed)
    {
        var points = Points;
        points.Apply(changed);
        Points = points;
        return FactOutcome.Accepted;
    }
}
