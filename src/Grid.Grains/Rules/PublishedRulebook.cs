using Grid.Model;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;

namespace Grid.Grains.Rules;

/// <summary>One entry of the history: the whole change.</summary>
/// <param name="PublishedAt">Milliseconds since 1970.</param>
/// <param name="Layout">The meaning of the layer numbers stored under this rulebook.</param>
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

    /// <summary>The <see cref="ConditionLanguage"/> that its files are read with; 0 in ledgers of builds before there was one.</summary>
    [Id(7)] public int Language { get; init; }

    /// <summary>The files compiled by this build. Files that it would refuse to publish stay in force.</summary>
    public Rulebook ToRulebook(Currency currency)
    {
        var compiled = RulebookFiles.CompileStored(Files, currency, Language);
        var content = compiled.Content
            ?? throw new InvalidDataException($"Rulebook #{Number} cannot be read: {string.Join("; ", compiled.Faults)}");
        return new Rulebook(Number, new Instant(PublishedAt), content);
    }
}
