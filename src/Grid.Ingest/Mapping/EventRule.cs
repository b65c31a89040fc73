namespace Grid.Ingest.Mapping;

/// <summary>What an event becomes. The names of the mapping file are these in kebab-case.</summary>
internal enum FactName : byte
{
    OrderPaid,
    OrderRefunded,
    OrderCancelled,
    Browse,
    Interaction,
    CommunityJoined,
    TagAdded,
    TagRemoved,
    PlanPurchased,
    PointsEarned,
    PointsRedeemed,
    ConsentGranted,
    ConsentWithdrawn,
}

/// <summary>The fact of an event name; <paramref name="Kind"/> is the kind of an interaction.</summary>
internal readonly record struct EventRule(FactName Fact, string? Kind = null);
