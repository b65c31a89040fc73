namespace Grid.Grains.Rules;

/// <summary>A file of a rulebook.</summary>
[GenerateSerializer, Immutable, Alias("grid.scheme-source")]
public sealed record SchemeSource([property: Id(0)] string File, [property: Id(1)] string Yaml);

/// <summary>The numbers are part of the stored format.</summary>
public enum PublicationOrigin
{
    /// <summary>The files that the server was started with.</summary>
    Files = 0,

    Api = 1,
}

/// <param name="Author">The publisher's name, as given in the request.</param>
/// <param name="Note">The publisher's reason.</param>
[GenerateSerializer, Immutable, Alias("grid.publication")]
public sealed record Publication(
    [property: Id(0)] IReadOnlyList<SchemeSource> Files,
    [property: Id(1)] string Author,
    [property: Id(2)] string? Note,
    [property: Id(3)] PublicationOrigin Origin)
{
    /// <summary>Distinguishes this publication from all others, also of the same files; null from a build that gave none.</summary>
    [Id(4)] public string? Identity { get; init; }
}
