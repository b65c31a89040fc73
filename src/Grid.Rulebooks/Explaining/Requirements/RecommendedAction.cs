using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>What a need asks for. The lower ones say something about the others, or why there is nothing to do.</summary>
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

    /// <summary>A value has to be another, and nothing that happens simply makes it so.</summary>
    MustBe,
    Blocked,
    WaitFirst,

    /// <summary>All of it before an instant, at which something else runs out.</summary>
    DoneBefore,
    LeadsElsewhere,
    ComesByItself,
    Unreachable,
    NoRule,

    /// <summary>Each of several ways leads elsewhere.</summary>
    NotAlone,
    Held,
    Cancelled,
    TakesEffect,
}

/// <summary>A need as a program follows it, and as it is tried out.</summary>
internal sealed record RecommendedAction(ActionKind Kind)
{
    public static readonly RecommendedAction MustBe = new(ActionKind.MustBe);

    /// <summary>So many times; of points so many, of years the age.</summary>
    public long Count { get; init; }

    /// <summary>In minor units: what orders come to together, or a refund.</summary>
    public long Amount { get; init; }

    /// <summary>Seconds that views last together.</summary>
    public long Seconds { get; init; }

    /// <summary>Any of these will do: kinds, categories, plans, values; empty for any.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The tag, trait or purpose, or of what it is to be the favourite.</summary>
    public string? Of { get; init; }

    /// <summary>How a trait is to compare with <see cref="Names"/>, or an age with <see cref="Count"/>.</summary>
    public Operator Operator { get; init; } = Operator.Equal;

    /// <summary>It has to be done before this instant, while what is there already still counts.</summary>
    public Instant Before { get; init; } = Instant.Never;

    /// <summary>When time alone does it.</summary>
    public Instant At { get; init; } = Instant.Never;

    /// <summary>The condition that must hold, or must not, for actions that only a value can fulfil.</summary>
    public NamedCondition? Condition { get; init; }

    public bool Wanted { get; init; } = true;
}
