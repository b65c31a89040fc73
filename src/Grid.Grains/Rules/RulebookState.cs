namespace Grid.Grains.Rules;

/// <summary>Stored: every rulebook ever published.</summary>
[GenerateSerializer, Alias("grid.rulebook-state")]
public sealed class RulebookState
{
    [Id(0)] public List<PublishedRulebook> History { get; set; } = [];

    /// <summary>What the last publications were answered, the oldest first; bounded by <see cref="GridLimits.PublicationsRememberedMax"/>.</summary>
    [Id(1)] public List<AnsweredPublication> Answered { get; set; } = [];
}

/// <param name="Identity">Of the publication.</param>
/// <param name="Number">The rulebook it became, or was already.</param>
[GenerateSerializer, Immutable, Alias("grid.answered-publication")]
public sealed record AnsweredPublication([property: Id(0)] string Identity, [property: Id(1)] int Number);
