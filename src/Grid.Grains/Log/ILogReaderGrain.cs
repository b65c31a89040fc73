using Grid.Grains.Segments;
using Orleans.Concurrency;

namespace Grid.Grains.Log;

/// <summary>Reads what is committed once for all and hands each partition and each segment its stretch.</summary>
/// <remarks>Calls that wait answer after a few seconds whether it is so; the caller calls again.</remarks>
[Alias("grid.log-reader")]
public interface ILogReaderGrain : IGrainWithStringKey
{
    /// <summary>Has the reader activated, wherever the runtime places it. It reads by itself.</summary>
    [Alias("Touch"), AlwaysInterleave]
    Task Touch();

    /// <summary>Whether every partition has taken in what was committed up to a <see cref="Ledger.CommitPosition"/>.</summary>
    [Alias("ReachPartitions"), AlwaysInterleave]
    Task<bool> ReachPartitions(string position);

    /// <summary>Whether every segment has counted the log up to a <see cref="Ledger.LogPosition"/>.</summary>
    [Alias("ReachSegments"), AlwaysInterleave]
    Task<bool> ReachSegments(string position);

    /// <summary>The counts of segments at one place of the log, the same for all of them.</summary>
    [Alias("Counts"), AlwaysInterleave]
    Task<IReadOnlyList<SegmentSnapshot>> Counts(IReadOnlyList<string> schemes);

    /// <summary>Up to where all segments have counted: a <see cref="Ledger.LogPosition"/>.</summary>
    [Alias("SegmentPosition"), AlwaysInterleave]
    Task<string> SegmentPosition();
}
