using Grid.Model.Evaluation;
using Orleans;

namespace Grid.Grains.Rulebooks;

/// <summary>Keeps every rulebook ever published and puts the latest in force.</summary>
[Alias("grid.rulebook")]
public interface IRulebookGrain : IGrainWithStringKey
{
    /// <summary>Puts the latest in force again, before the first event; its baseline comes after. False when there is none yet.</summary>
    [Alias("Resume")]
    Task<bool> Resume();

    /// <summary>Publishes files that were compiled without a fault under the next number, in force when it returns.</summary>
    [Alias("Publish")]
    Task<PublishedRulebook> Publish(Publication publication);

    /// <summary>All of them, the first first.</summary>
    [Alias("History")]
    Task<IReadOnlyList<PublishedRulebook>> History();
}

[GenerateSerializer, Immutable, Alias("grid.scheme-source")]
public sealed record SchemeSource([property: Id(0)] string File, [property: Id(1)] string Yaml);

/// <summary>The numbers are part of the stored format.</summary>
public enum PublicationOrigin
{
    /// <summary>The files that the server was started with.</summary>
    Files = 0,

    Api = 1,
}

/// <param name="Author">Who publishes, as they say themselves.</param>
/// <param name="Note">Why.</param>
[GenerateSerializer, Immutable, Alias("grid.publication")]
public sealed record Publication(
    [property: Id(0)] IReadOnlyList<SchemeSource> Files,
    [property: Id(1)] string Author,
    [property: Id(2)] string? Note,
    [property: Id(3)] PublicationOrigin Origin);

[GenerateSerializer, Alias("grid.rulebook-state")]
public sealed class RulebookState
{
    [Id(0)] public List<PublishedRulebook> History { get; set; } = [];
}

/// <summary>One entry of the history: the whole change.</summary>
/// <param name="PublishedAt">Milliseconds since 1970.</param>
/// <param name="Layout">What layer numbers stored under this rulebook mean.</param>
[GenerateSerializer, Immutable, Alias("grid.published-rulebook")]
public sealed record PublishedRulebook(
    [property: Id(0)] int Number,
    [property: Id(1)] long PublishedAt,
    [property: Id(2)] IReadOnlyList<SchemeSource> Files,
    [property: Id(3)] RulebookLayout Layout)
{
    [Id(4)] public string Author { get; init; } = "files";

    [Id(5)] public string? Note { get; init; }

    [Id(6)] public PublicationOrigin Origin { get; init; }
}
