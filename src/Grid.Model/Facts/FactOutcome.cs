namespace Grid.Model.Facts;

public enum OutcomeKind : byte
{
    /// <summary>Taken, durable.</summary>
    Accepted = 0,

    /// <summary>Seen before: success, no effect.</summary>
    Duplicate = 1,

    /// <summary>Not taken; the reason says why.</summary>
    Rejected = 2,
}

/// <summary>What became of one fact.</summary>
public readonly record struct FactOutcome(OutcomeKind Kind, string? Reason = null)
{
    public static readonly FactOutcome Accepted = new(OutcomeKind.Accepted);
    public static readonly FactOutcome Duplicate = new(OutcomeKind.Duplicate);

    public static FactOutcome Rejected(string reason) => new(OutcomeKind.Rejected, reason);
}
