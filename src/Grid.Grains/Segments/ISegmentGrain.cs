using Grid.Model.Transitions;
using Orleans.Concurrency;

namespace Grid.Grains.Segments;

/// <summary>The population of one scheme, layer by layer: a fold of the transition log, and nothing else.</summary>
[Alias("grid.segment")]
public interface ISegmentGrain : IGrainWithStringKey
{
    /// <summary>Takes in the scheme's transitions of a stretch of the log. A stretch taken in before changes nothing.</summary>
    [Alias("Fold")]
    Task Fold(LogStretch stretch);

    /// <summary>Without flows.</summary>
    [Alias("Snapshot")]
    Task<SegmentSnapshot> Snapshot();

    /// <summary>Pushes the counts to the subscribers if they have changed since the last push.</summary>
    [Alias("Push")]
    Task Push();

    /// <summary>Has an observer sent the counts of each push, until the subscription is not renewed any more.</summary>
    /// <returns>The counts of now.</returns>
    [Alias("Subscribe")]
    Task<SegmentSnapshot> Subscribe(ISegmentObserver observer);

    /// <summary>Ends the subscription of an observer: no later push is sent to it. No effect on one that is not subscribed.</summary>
    [Alias("Unsubscribe")]
    Task Unsubscribe(ISegmentObserver observer);

    /// <summary>With the flows of these stretches of time, as far as they are kept.</summary>
    [Alias("SnapshotWithFlows")]
    Task<SegmentSnapshot> SnapshotWithFlows(IReadOnlyList<FlowStretch> stretches);
}

/// <summary>A host with clients who look at the counts.</summary>
[Alias("grid.segment-observer")]
public interface ISegmentObserver : IGrainObserver
{
    [Alias("Counted"), OneWay]
    Task Counted(SegmentSnapshot counts);
}

/// <summary>The transitions of one scheme between two positions of the log.</summary>
[GenerateSerializer, Immutable, Alias("grid.log-stretch")]
public sealed record LogStretch(
    [property: Id(0)] string After, [property: Id(1)] string UpTo, [property: Id(2)] IReadOnlyList<Transition> Transitions);

/// <param name="Position">Everything up to here is counted, nothing after.</param>
/// <param name="Counts">Customers per layer.</param>
/// <param name="Flows">The requested flows, span by span.</param>
/// <param name="KeptFrom">For each stretch asked for, from when on flows of its length are kept; milliseconds since 1970.</param>
[GenerateSerializer, Immutable, Alias("grid.segment-snapshot")]
public sealed record SegmentSnapshot(
    [property: Id(0)] string Scheme,
    [property: Id(1)] string Position,
    [property: Id(2)] IReadOnlyDictionary<string, long> Counts,
    [property: Id(3)] IReadOnlyList<Flow> Flows,
    [property: Id(4)] IReadOnlyList<long> KeptFrom);

/// <summary>The spans of one length that reach into the time from one instant to before another, in milliseconds since 1970.</summary>
/// <param name="Length">Milliseconds: a minute, an hour or a day.</param>
[GenerateSerializer, Immutable, Alias("grid.flow-stretch")]
public sealed record FlowStretch([property: Id(0)] long Length, [property: Id(1)] long From, [property: Id(2)] long To);

/// <summary>How many moved from one layer to another within a span that begins at <paramref name="From"/>, by recorded time.</summary>
/// <param name="Start">Milliseconds since 1970.</param>
/// <param name="Length">Milliseconds: a minute, an hour or a day, as UTC counts them.</param>
[GenerateSerializer, Immutable, Alias("grid.flow")]
public sealed record Flow(
    [property: Id(0)] long Start,
    [property: Id(1)] long Length,
    [property: Id(2)] string? From,
    [property: Id(3)] string? To,
    [property: Id(4)] long Count);
