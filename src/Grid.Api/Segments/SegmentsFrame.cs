namespace Grid.Api.Segments;

/// <summary>One message of the stream of counts: a snapshot at first and after each new rulebook, else the changes.</summary>
public abstract record SegmentsFrame(string Kind, string Position, string AsOf, long Population);

/// <param name="Speed">Grid seconds per real second.</param>
public sealed record SegmentsSnapshotFrame(
    string Position, string AsOf, long Population, double Speed, IReadOnlyList<SchemeLayers> Schemes)
    : SegmentsFrame("snapshot", Position, AsOf, Population);

/// <param name="Changes">Absolute counts of the layers that differ from the client's last frame; empty in a heartbeat.</param>
public sealed record SegmentsDeltaFrame(string Position, string AsOf, long Population, IReadOnlyList<LayerChange> Changes)
    : SegmentsFrame("delta", Position, AsOf, Population);

public sealed record SchemeLayers(string Scheme, IReadOnlyList<LayerCount> Counts);

public sealed record LayerCount(string Layer, long Count);

public sealed record LayerChange(string Scheme, string Layer, long Count);
