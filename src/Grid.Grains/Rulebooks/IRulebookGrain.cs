using Grid.Model.Evaluation;
using Grid.Model;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Orleans.Concurrency;

namespace Grid.Grains.Rulebooks;

/// <summary>Keeps every rulebook ever published and has the latest put in force.</summary>
[Alias("grid.rulebook")]
public interface IRulebookGrain : IGrainWithStringKey
{
    /// <summary>
    /// The latest as this build reads it, or null when there is none yet. Where it reads the stored files otherwise than the build that
    /// published them, its reading is added under the next number. By each process that starts.
    /// </summary>
    [Alias("Resume")]
    Task<PublishedRulebook?> Resume();

    /// <summary>
    /// Publishes files that were compiled without a fault under the next number, in force when it returns. The same publication again, by
    /// a caller who lost the answer, is answered with the number it got, whatever was published since and stays in force.
    /// </summary>
    [Alias("Publish"), ResponseTimeout(GridLimits.WholePopulationMax)]
    Task<PublishedRulebook> Publish(Publication publication);

    /// <summary>All of them, the first first.</summary>
    [Alias("History"), AlwaysInterleave]
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
    [property: Id(3)] PublicationOrigin Origin)
{
    /// <summary>Tells this publication from all others, also of the same files; null from a build that gave it none.</summary>
    [Id(4)] public string? Identity { get; init; }
}

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

    /// <summary>The files compiled again, as this build reads them. What it would refuse to publish stays in force.</summary>
    public Rulebook ToRulebook(Currency currency) => ToRulebook(currency, out _);

    /// <param name="tolerated">What a publication of it would be refused for now.</param>
    public Rulebook ToRulebook(Currency currency, out IReadOnlyList<Fault> tolerated)
    {
        var compiled = RulebookFiles.CompileStored(Files, currency);
        tolerated = compiled.Tolerated;
        var content = compiled.Content
            ?? throw new InvalidDataException($"Rulebook #{Number} cannot be read: {string.Join("; ", compiled.Faults)}");
        return new Rulebook(Number, new Instant(PublishedAt), content);
    }
}
