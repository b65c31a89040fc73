namespace Grid.Grains.Rules;

/// <summary>Stored: every rulebook ever published.</summary>
[GenerateSerializer, Alias("grid.rulebook-state")]
public sealed class RulebookState
{
    [Id(0)] public List<PublishedRulebook> History { get; set; } = [];

    /// <summary>The answers to the last publications, the oldest first; bounded by <see cref="GridLimits.PublicationsRememberedMax"/>.</summary>
    [Id(1)] public List<AnsweredPublication> Answered { get; set; } = [];
}

/// <param name="Identity">The identity of the publication.</param>
/// <param name="Number">The rulebook that the publication became; when its files were in force already, that rulebook.</param>
[GenerateSerializer, Immutable, Alias("grid.answered-publication")]
public sealed record AnsweredPublication([property: Id(0)] string Identity, [property: Id(1)] int Number);
