using Grid.Model.Time;

namespace Grid.Model.Facts;

/// <summary>
/// Something that happened to one customer, in the grid's own terms. Immutable. Of two that contradict each other <see cref="At"/> decides, at one
/// instant the later received stands.
/// </summary>
public abstract record Fact(Instant At, MessageKey Key)
{
    /// <summary>The kind of this fact; conditions that read the kind are evaluated again.</summary>
    public abstract FactKinds Kind { get; }
}

/// <summary>The kinds of facts, as a set: a scheme is evaluated again only for the kinds that its metrics read.</summary>
[Flags]
public enum FactKinds
{
    None = 0,
    Orders = 1,
    Interactions = 2,
    Browses = 4,
    Traits = 8,
    Tags = 16,
    Memberships = 32,
    Points = 64,
    Consents = 128,
    Community = 256,
    All = 511,
}

/// <summary>An order paid. <paramref name="Amount"/> in minor units of the deployment's currency, zero or more.</summary>
public sealed record OrderPaid(
    Instant At, MessageKey Key, string OrderId, long Amount, string? Category = null, string? Channel = null, int Quantity = 1)
    : Fact(At, Key)
{
    public override FactKinds Kind => FactKinds.Orders;
}

/// <summary>
/// A refund of <paramref name="Amount"/> minor units, or of the rest of the order when null. With <paramref name="Pieces"/> the amount is the price of
/// the returned products, null when a price is missing; it counts when the order has more pieces, else the refund is of the rest.
/// </summary>
/// <param name="Pieces">The pieces returned, at least 1; 0 for a refund that names none.</param>
public sealed record OrderRefunded(Instant At, MessageKey Key, string OrderId, long? Amount, int Pieces = 0) : Fact(At, Key)
{
    public const int PiecesMax = 1_000_000;

    public override FactKinds Kind => FactKinds.Orders;
}

/// <summary>The order no longer counts at all from <see cref="Fact.At"/> on.</summary>
public sealed record OrderCancelled(Instant At, MessageKey Key, string OrderId) : Fact(At, Key)
{
    public override FactKinds Kind => FactKinds.Orders;
}

/// <summary>An interaction of a configured kind, for example <c>comment-added</c>, <c>referral</c>, <c>quote-sent</c>.</summary>
public sealed record Interacted(Instant At, MessageKey Key, string InteractionKind) : Fact(At, Key)
{
    public override FactKinds Kind => FactKinds.Interactions;
}

/// <summary>A page, product or list viewed; <paramref name="DwellSeconds"/> zero or more.</summary>
public sealed record Browsed(Instant At, MessageKey Key, string? Category, int DwellSeconds) : Fact(At, Key)
{
    public override FactKinds Kind => FactKinds.Browses;
}

/// <summary>Traits set and removed by one call; per name the later one wins.</summary>
public sealed record TraitsSet(Instant At, MessageKey Key, IReadOnlyList<Trait> Traits) : Fact(At, Key)
{
    public override FactKinds Kind => FactKinds.Traits;
}

/// <summary>A manual tag set or removed; per name the later one wins. It holds while now &lt; <paramref name="ExpiresAt"/>.</summary>
public sealed record TagChanged(Instant At, MessageKey Key, string Tag, bool Present, Instant ExpiresAt) : Fact(At, Key)
{
    public override FactKinds Kind => FactKinds.Tags;
}

/// <summary>Joined a community (a WeCom group, a forum) from an acquisition source; the first join gives the source.</summary>
public sealed record CommunityJoined(Instant At, MessageKey Key, string Community, string? Source) : Fact(At, Key)
{
    public override FactKinds Kind => FactKinds.Community;
}

/// <summary>A paid plan that runs while now &lt; <paramref name="Until"/>.</summary>
public sealed record PlanPurchased(Instant At, MessageKey Key, string Plan, Instant Until) : Fact(At, Key)
{
    public override FactKinds Kind => FactKinds.Memberships;
}

/// <summary>Points earned (more than zero) or redeemed (less than zero).</summary>
public sealed record PointsChanged(Instant At, MessageKey Key, long Points) : Fact(At, Key)
{
    public override FactKinds Kind => FactKinds.Points;
}

/// <summary>Consent for a purpose given or withdrawn; the later one wins.</summary>
public sealed record ConsentChanged(Instant At, MessageKey Key, string Purpose, bool Granted) : Fact(At, Key)
{
    public override FactKinds Kind => FactKinds.Consents;
}
