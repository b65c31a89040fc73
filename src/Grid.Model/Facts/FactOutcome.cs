namespace Grid.Model.Facts;

public enum OutcomeKind : byte
{
    /// <summary>The fact was applied and is durable.</summary>
    Accepted = 0,

    /// <summary>The customer had the fact already: success without effect.</summary>
    Duplicate = 1,

    /// <summary>The fact was not applied, for the given reason.</summary>
    Rejected = 2,
}

/// <summary>The outcome of one fact.</summary>
/// <param name="Kind">Whether it was applied.</param>
/// <param name="Reason">Why it was rejected; of an accepted fact, what it replaced.</param>
public readonly record struct FactOutcome(OutcomeKind Kind, string? Reason = null)
{
    public static readonly FactOutcome Accepted = new(OutcomeKind.Accepted);
    public static readonly FactOutcome Duplicate = new(OutcomeKind.Duplicate);

    /// <summary>
    /// The customer had an equal fact, and keeps this one in its place so that the order of arrival does not matter: applied and durable as an accepted
    /// one, and answered as a duplicate.
    /// </summary>
    internal static readonly FactOutcome Restated = new(OutcomeKind.Accepted, "restated");

    public static FactOutcome Rejected(string reason) => new(OutcomeKind.Rejected, reason);
}
