namespace Grid.Ingest.Mapping;

/// <summary>The kind of fact that an event becomes. The mapping file has these names in kebab-case.</summary>
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
