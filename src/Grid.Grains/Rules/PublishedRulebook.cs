using Grid.Model;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Grains.Rules;

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
    public Rulebook ToRulebook(Currency currency)
    {
        var compiled = RulebookFiles.CompileStored(Files, currency);
        var content = compiled.Content
            ?? throw new InvalidDataException($"Rulebook #{Number} cannot be read: {string.Join("; ", compiled.Faults)}");
        return new Rulebook(Number, new Instant(PublishedAt), content);
    }
}
