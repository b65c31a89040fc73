using Grid.Grains.Segments;
using Orleans.Concurrency;

namespace Grid.Grains.Log;

/// <summary>Reads all commits once and hands each partition and each segment its stretch.</summary>
/// <remarks>Calls that wait answer after a few seconds at the latest whether the state is reached; the caller calls again.</remarks>
[Alias("grid.log-reader")]
public interface ILogReaderGrain : IGrainWithStringKey
{
    /// <summary>Activates the reader, on the silo that the runtime chooses. It then reads without further calls.</summary>
    [Alias("Touch"), AlwaysInterleave]
    Task Touch();

    /// <summary>Whether every partition has applied the commits up to a <see cref="Ledger.CommitPosition"/>.</summary>
    [Alias("ReachPartitions"), AlwaysInterleave]
    Task<bool> ReachPartitions(string position);

    /// <summary>Whether every segment has counted the log up to a <see cref="Ledger.LogPosition"/>.</summary>
    [Alias("ReachSegments"), AlwaysInterleave]
    Task<bool> ReachSegments(string position);

    /// <summary>The counts of segments, all at one position of the log.</summary>
    [Alias("Counts"), AlwaysInterleave]
    Task<IReadOnlyList<SegmentSnapshot>> Counts(IReadOnlyList<string> schemes);

    /// <summary>The position up to which all segments have counted: a <see cref="Ledger.LogPosition"/>.</summary>
    [Alias("SegmentPosition"), AlwaysInterleave]
    Task<string> SegmentPosition();
}
