using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Customers;

public readonly record struct TraitEntry(string Name, TraitValue Value, Instant At, MessageKey Key) : INamedEntry<TraitEntry>
{
    internal MessageKey[]? Replaced { get; init; }

    MessageKey[]? INamedEntry<TraitEntry>.Replaced => Replaced;

    TraitEntry INamedEntry<TraitEntry>.With(MessageKey[] replaced) => this with { Replaced = replaced };
}

/// <summary>
/// The last removal of a trait, and of the traits inside of it (<c>address</c> also removes <c>address.city</c>). It is kept, so that an earlier call
/// that arrives later restores nothing.
/// </summary>
public readonly record struct TraitRemoval(string Name, Instant At, MessageKey Key) : INamedEntry<TraitRemoval>
{
    internal MessageKey[]? Replaced { get; init; }

    MessageKey[]? INamedEntry<TraitRemoval>.Replaced => Replaced;

    TraitRemoval INamedEntry<TraitRemoval>.With(MessageKey[] replaced) => this with { Replaced = replaced };
}

/// <summary>A manual tag, kept also when removed, so that a late addition cannot bring it back.</summary>
public readonly record struct TagEntry(string Name, bool Present, Instant At, MessageKey Key, Instant ExpiresAt) : INamedEntry<TagEntry>
{
    internal MessageKey[]? Replaced { get; init; }

    MessageKey[]? INamedEntry<TagEntry>.Replaced => Replaced;

    TagEntry INamedEntry<TagEntry>.With(MessageKey[] replaced) => this with { Replaced = replaced };

    public bool HoldsAt(Instant now) => Present && now < ExpiresAt;
}

public readonly record struct ConsentEntry(string Purpose, bool Granted, Instant At, MessageKey Key) : INamedEntry<ConsentEntry>
{
    internal MessageKey[]? Replaced { get; init; }

    string INamedEntry<ConsentEntry>.Name => Purpose;

    MessageKey[]? INamedEntry<ConsentEntry>.Replaced => Replaced;

    ConsentEntry INamedEntry<ConsentEntry>.With(MessageKey[] replaced) => this with { Replaced = replaced };
}

public readonly record struct PlanEntry(string Plan, Instant At, MessageKey Key, Instant Until);

public readonly record struct CommunityEntry(string Community, string? Source, Instant At, MessageKey Key) : INamedEntry<CommunityEntry>
{
    internal MessageKey[]? Replaced { get; init; }

    string INamedEntry<CommunityEntry>.Name => Community;

    MessageKey[]? INamedEntry<CommunityEntry>.Replaced => Replaced;

    CommunityEntry INamedEntry<CommunityEntry>.With(MessageKey[] replaced) => this with { Replaced = replaced };
}
