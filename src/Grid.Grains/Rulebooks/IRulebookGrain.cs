using Grid.Model.Evaluation;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Orleans;

namespace Grid.Grains.Rulebooks;

/// <summary>Keeps every rulebook ever published and puts the latest in force.</summary>
[Alias("grid.rulebook")]
public interface IRulebookGrain : IGrainWithStringKey
{
    /// <summary>Publishes these scheme files under the next number, unless the rulebook in force was made of the same ones.</summary>
    [Alias("Publish")]
    Task<PublishReply> Publish(IReadOnlyList<SchemeSource> files, Instant at);
}

[GenerateSerializer, Immutable, Alias("grid.scheme-source")]
public sealed record SchemeSource([property: Id(0)] string File, [property: Id(1)] string Yaml);

/// <param name="Number">The rulebook in force; unchanged when there are faults.</param>
/// <param name="IsNew">Whether it was published by this call, so that customers have yet to move to it.</param>
[GenerateSerializer, Immutable, Alias("grid.publish-reply")]
public sealed record PublishReply(
    [property: Id(0)] int Number, [property: Id(1)] bool IsNew, [property: Id(2)] IReadOnlyList<Fault> Faults);

[GenerateSerializer, Alias("grid.rulebook-state")]
public sealed class RulebookState
{
    [Id(0)] public List<PublishedRulebook> History { get; set; } = [];
}

/// <param name="Layout">What layer numbers stored under this rulebook mean.</param>
[GenerateSerializer, Immutable, Alias("grid.published-rulebook")]
public sealed record PublishedRulebook(
    [property: Id(0)] int Number,
    [property: Id(1)] long PublishedAt,
    [property: Id(2)] IReadOnlyList<SchemeSource> Files,
    [property: Id(3)] RulebookLayout Layout);
