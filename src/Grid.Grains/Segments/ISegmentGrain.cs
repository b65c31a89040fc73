using Grid.Model.Transitions;
using Orleans.Concurrency;

namespace Grid.Grains.Segments;

/// <summary>The population of one scheme, layer by layer: only a fold of the transition log.</summary>
[Alias("grid.segment")]
public interface ISegmentGrain : IGrainWithStringKey
{
    /// <summary>Counts the scheme's transitions of a stretch of the log. A stretch counted before changes nothing.</summary>
    [Alias("Fold")]
    Task Fold(LogStretch stretch);

    /// <summary>The counts without flows.</summary>
    [Alias("Snapshot")]
    Task<SegmentSnapshot> Snapshot();

    /// <summary>Pushes the counts to the subscribers if they have changed since the last push.</summary>
    [Alias("Push")]
    Task Push();

    /// <summary>Subscribes an observer to the pushes of the counts, until the subscription is no longer renewed.</summary>
    /// <returns>The present counts.</returns>
    [Alias("Subscribe")]
    Task<SegmentSnapshot> Subscribe(ISegmentObserver observer);

    /// <summary>Ends the subscription of an observer: no later push is sent to it. No effect on an unknown observer.</summary>
    [Alias("Unsubscribe")]
    Task Unsubscribe(ISegmentObserver observer);

    /// <summary>The counts with the flows of these spans, as far as they are kept.</summary>
    [Alias("SnapshotWithFlows")]
    Task<SegmentSnapshot> SnapshotWithFlows(IReadOnlyList<FlowStretch> stretches);
}

/// <summary>A host whose clients watch the counts.</summary>
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

/// <param name="Position">All transitions up to this position are counted, none after.</param>
/// <param name="Counts">Customers per layer.</param>
/// <param name="Flows">The requested flows, span by span.</param>
/// <param name="KeptFrom">For each requested stretch, the instant from which flows of its length are kept; milliseconds since 1970.</param>
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

/// <summary>The number of customers who moved from one layer to another in a span that begins at <paramref name="From"/>, by recorded time.</summary>
/// <param name="Start">Milliseconds since 1970.</param>
/// <param name="Length">Milliseconds: a minute, an hour or a day, as UTC counts them.</param>
[GenerateSerializer, Immutable, Alias("grid.flow")]
public sealed record Flow(
    [property: Id(0)] long Start,
    [property: Id(1)] long Length,
    [property: Id(2)] string? From,
    [property: Id(3)] string? To,
    [property: Id(4)] long Count);
