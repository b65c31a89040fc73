using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>
/// The action that fulfils a requirement. The kinds after <see cref="MustBe"/> are remarks on other requirements, or tell why no action helps.
/// </summary>
internal enum ActionKind
{
    Order,
    Refund,
    Interaction,
    View,
    Activity,
    Points,
    Tag,
    Untag,
    Trait,
    Age,
    Plan,
    Community,
    Consent,
    Withdrawal,
    Favourite,
    Wait,

    /// <summary>Any one of several ways.</summary>
    Choice,

    /// <summary>A value must become another one, and no action simply does that.</summary>
    MustBe,
    Blocked,
    WaitFirst,

    /// <summary>All actions must be done before an instant, at which another condition ends.</summary>
    DoneBefore,
    LeadsElsewhere,
    ComesByItself,
    Unreachable,
    NoRule,

    /// <summary>Each of several ways leads to another layer.</summary>
    NotAlone,
    Held,
    Cancelled,
    TakesEffect,
}

/// <summary>A requirement as data: for programs that follow it, and for its simulation.</summary>
internal sealed record RecommendedAction(ActionKind Kind)
{
    public static readonly RecommendedAction MustBe = new(ActionKind.MustBe);

    /// <summary>The number of repetitions; for points their number, for an age the years.</summary>
    public long Count { get; init; }

    /// <summary>The total of the orders, or the refund, in minor units.</summary>
    public long Amount { get; init; }

    /// <summary>The total duration of the views.</summary>
    public long Seconds { get; init; }

    /// <summary>Kinds, categories, plans or values, of which any one will do; empty for any at all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The name of the tag, trait or purpose; for a favourite: category, channel or season.</summary>
    public string? Of { get; init; }

    /// <summary>The comparison of a trait with <see cref="Names"/>, or of an age with <see cref="Count"/>.</summary>
    public Operator Operator { get; init; } = Operator.Equal;

    /// <summary>The action must be done before this instant, while present facts still count.</summary>
    public Instant Before { get; init; } = Instant.Never;

    /// <summary>The instant at which time alone fulfils the requirement.</summary>
    public Instant At { get; init; } = Instant.Never;

    /// <summary>The condition that must hold, or must not, for actions that need a fitting value.</summary>
    public NamedCondition? Condition { get; init; }

    public bool Wanted { get; init; } = true;
}
