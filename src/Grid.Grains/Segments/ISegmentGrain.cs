using Grid.Model.Transitions;
using Orleans;

namespace Grid.Grains.Segments;

/// <summary>The population of one scheme, layer by layer: a fold of the transition log, and nothing else.</summary>
[Alias("grid.segment")]
public interface ISegmentGrain : IGrainWithStringKey
{
    /// <summary>Takes in the scheme's transitions of a stretch of the log. A stretch taken in before changes nothing.</summary>
    [Alias("Fold")]
    Task Fold(LogStretch stretch);

    [Alias("Snapshot")]
    Task<SegmentSnapshot> Snapshot();
}

/// <summary>The transitions of one scheme between two positions of the log.</summary>
[GenerateSerializer, Immutable, Alias("grid.log-stretch")]
public sealed record LogStretch(
    [property: Id(0)] string After, [property: Id(1)] string UpTo, [property: Id(2)] IReadOnlyList<Transition> Transitions);

/// <param name="Position">Everything up to here is counted, nothing after.</param>
/// <param name="Counts">Customers per layer.</param>
/// <param name="Flows">Transitions per minute of the last hour and per hour of the last day.</param>
[GenerateSerializer, Immutable, Alias("grid.segment-snapshot")]
public sealed record SegmentSnapshot(
    [property: Id(0)] string Scheme,
    [property: Id(1)] string Position,
    [property: Id(2)] IReadOnlyDictionary<string, long> Counts,
    [property: Id(3)] IReadOnlyList<Flow> Flows);

/// <summary>How many moved from one layer to another within a span that begins at <paramref name="From"/>, by recorded time.</summary>
/// <param name="Start">Milliseconds since 1970.</param>
/// <param name="Length">Milliseconds: a minute or an hour.</param>
[GenerateSerializer, Immutable, Alias("grid.flow")]
public sealed record Flow(
    [property: Id(0)] long Start,
    [property: Id(1)] long Length,
    [property: Id(2)] string? From,
    [property: Id(3)] string To,
    [property: Id(4)] long Count);
