using Grid.Model.Rejections;

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
public readonly record struct FactOutcome(OutcomeKind Kind, Reason? Reason = null)
{
    /// <summary>
    /// The fact is rejected and kept nevertheless, because a fact that arrives later can give it a meaning: the state must not depend on which of both
    /// arrived first. Not part of an answer.
    /// </summary>
    internal bool IsKept { get; private init; }

    /// <summary>Whether this is <see cref="Restated"/>. Not part of an answer.</summary>
    internal bool IsRestated { get; private init; }

    /// <summary>Whether the fact changed the state.</summary>
    internal bool ChangesState => Kind == OutcomeKind.Accepted || IsKept;

    public static readonly FactOutcome Accepted = new(OutcomeKind.Accepted);
    public static readonly FactOutcome Duplicate = new(OutcomeKind.Duplicate);

    internal static FactOutcome RejectedAndKept(Reason reason) => new(OutcomeKind.Rejected, reason) { IsKept = true };

    /// <summary>
    /// The customer had an equal fact, and keeps this one in its place so that the order of arrival does not matter: applied and durable as an accepted
    /// one, and answered as a duplicate.
    /// </summary>
    internal static readonly FactOutcome Restated = new(OutcomeKind.Accepted) { IsRestated = true };

    public static FactOutcome Rejected(Reason reason) => new(OutcomeKind.Rejected, reason);
}
