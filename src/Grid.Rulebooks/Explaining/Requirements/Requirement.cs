using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>One thing that is missing, as a sentence.</summary>
internal sealed record Requirement(LocalizedText Text)
{
    /// <summary>The same for programs, and for trying it out.</summary>
    public RecommendedAction Action { get; init; } = RecommendedAction.MustBe;

    /// <summary>What is asked for: of two needs for the same thing only the stricter is said.</summary>
    public string Thing { get; init; } = Text.En;

    /// <summary>How much of the thing; larger is stricter.</summary>
    public long Strictness { get; init; }

    /// <summary>When time alone fulfils it.</summary>
    public Instant At { get; init; } = Instant.Never;

    /// <summary>Null for a need that does not depend on how many orders others ask for.</summary>
    public AverageRequirement? Average { get; init; }

    /// <summary>Whether it only says what stands in the way, and other needs say what to do.</summary>
    public bool IsRemark { get; init; }

    /// <summary>How many orders fulfil it, 0 when orders alone do not.</summary>
    public long Orders { get; init; }

    /// <summary>What these orders have to come to together, in minor units.</summary>
    public long Amount { get; init; }

    /// <summary>Whether an order has to come, of whatever kind.</summary>
    public bool TakesOrders { get => field || Orders > 0; init; }

    /// <summary>Whether no order at all may come until <see cref="At"/>.</summary>
    public bool WithoutOrders { get; init; }

    /// <summary>Any one of these does; empty for a need that is not a choice.</summary>
    public IReadOnlyList<IReadOnlyList<Requirement>> Ways { get; init; } = [];

    /// <summary>Whether time alone fulfils it.</summary>
    public bool IsWait => !At.IsNever && Ways.Count == 0;

    /// <summary>Whether another need is fulfilled when this one is.</summary>
    public bool Includes(Requirement other) =>
        (Thing == other.Thing && Strictness >= other.Strictness) || (TakesOrders && other.Thing == RequirementText.OneOrder.Thing);

    /// <summary>Whether an order has to come, and none may.</summary>
    public static bool Exclude(IReadOnlyList<Requirement> requirements) =>
        requirements.Any(requirement => requirement.TakesOrders) && requirements.Any(requirement => requirement.WithoutOrders);

    private bool TakesMore => Orders > 0 && Thing != RequirementText.OneOrder.Thing;

    /// <summary>Said once each, the strictest; that any order is needed is not said beside a need that takes one.</summary>
    public static IReadOnlyList<Requirement> Distinct(IReadOnlyList<Requirement> requirements)
    {
        var said = new List<Requirement>();
        foreach (var requirement in requirements)
        {
            var same = said.FindIndex(other => other.Thing == requirement.Thing);
            if (same < 0) said.Add(requirement);
            else if (requirement.Strictness > said[same].Strictness) said[same] = requirement;
        }

        var orders = said.Where(requirement => requirement.Average is null).Select(requirement => requirement.Orders).DefaultIfEmpty().Max();
        for (var index = 0; index < said.Count; index++)
            if (said[index].Average is { } average && orders > said[index].Orders)
                said[index] = average.With(orders);
        if (said.Find(requirement => requirement.Average is not null) is { } lift)
            said.RemoveAll(requirement => requirement is { Orders: > 0, Amount: 0 } && requirement != lift && requirement.Action.Before.IsNever);
        if (said.Exists(requirement => requirement.TakesMore)) said.RemoveAll(requirement => requirement.Thing == RequirementText.OneOrder.Thing);
        return said;
    }
}
