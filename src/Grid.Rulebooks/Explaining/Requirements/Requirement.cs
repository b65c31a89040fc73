using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>One requirement, as a sentence and as data.</summary>
internal sealed record Requirement(LocalizedText Text)
{
    /// <summary>The requirement as data, for programs and for its simulation.</summary>
    public RecommendedAction Action { get; init; } = RecommendedAction.MustBe;

    /// <summary>The subject of the requirement: of two requirements with the same subject only the stricter is stated.</summary>
    public string Thing { get; init; } = Text.En;

    /// <summary>The amount of the subject; a larger one is stricter.</summary>
    public long Strictness { get; init; }

    /// <summary>The instant at which time alone fulfils the requirement.</summary>
    public Instant At { get; init; } = Instant.Never;

    /// <summary>Null for a requirement that does not depend on the number of orders that others need.</summary>
    public AverageRequirement? Average { get; init; }

    /// <summary>Whether it only describes an obstacle, while other requirements name the actions.</summary>
    public bool IsRemark { get; init; }

    /// <summary>The number of orders that fulfil it; 0 when orders alone do not.</summary>
    public long Orders { get; init; }

    /// <summary>The least total of these orders, in minor units.</summary>
    public long Amount { get; init; }

    /// <summary>Whether it needs an order of any kind.</summary>
    public bool TakesOrders { get => field || Orders > 0; init; }

    /// <summary>Whether it forbids orders until <see cref="At"/>.</summary>
    public bool WithoutOrders { get; init; }

    /// <summary>The ways of a choice, of which any one fulfils it; empty for other requirements.</summary>
    public IReadOnlyList<IReadOnlyList<Requirement>> Ways { get; init; } = [];

    /// <summary>Whether time alone fulfils it.</summary>
    public bool IsWait => !At.IsNever && Ways.Count == 0;

    /// <summary>Whether fulfilling this requirement also fulfils another.</summary>
    public bool Includes(Requirement other) =>
        (Thing == other.Thing && Strictness >= other.Strictness) || (TakesOrders && other.Thing == RequirementText.OneOrder.Thing);

    /// <summary>Whether some requirement needs an order while another forbids any.</summary>
    public static bool Exclude(IReadOnlyList<Requirement> requirements) =>
        requirements.Any(requirement => requirement.TakesOrders) && requirements.Any(requirement => requirement.WithoutOrders);

    private bool TakesMore => Orders > 0 && Thing != RequirementText.OneOrder.Thing;

    /// <summary>Keeps the strictest requirement of each subject; drops "any order" when another requirement needs an order.</summary>
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
