using System.Diagnostics.Metrics;

namespace Grid.Ledger;

/// <summary>
/// Statistics of a ledger since it was opened. The lane writes, any thread reads: each number is current, but two numbers may be a batch apart.
/// </summary>
public sealed class LedgerStatistics
{
    private long _batches;
    private long _changes;
    private long _transitions;
    private long _conflicts;
    private long _failedBatches;
    private long _journalBytes;
    private long _transitionBytes;
    private long _versionReads;
    private long _checkpoints;
    private long _failedSlices;
    private long _checkpointRows;
    private long _checkpointBytes;
    private long _checkpointMicroseconds;
    private long _memTableRows;
    private long _memTableBytes;

    public long Batches => Volatile.Read(ref _batches);
    public long Changes => Volatile.Read(ref _changes);
    public long Transitions => Volatile.Read(ref _transitions);
    public long Conflicts => Volatile.Read(ref _conflicts);

    /// <summary>Batches that the storage refused; their callers got a <see cref="LedgerException"/>.</summary>
    public long FailedBatches => Volatile.Read(ref _failedBatches);

    public long JournalBytes => Volatile.Read(ref _journalBytes);
    public long TransitionBytes => Volatile.Read(ref _transitionBytes);

    /// <summary>Rows that the lane read for their version.</summary>
    public long VersionReads => Volatile.Read(ref _versionReads);

    public long Checkpoints => Volatile.Read(ref _checkpoints);
    public long FailedSlices => Volatile.Read(ref _failedSlices);
    public long CheckpointRows => Volatile.Read(ref _checkpointRows);
    public long CheckpointBytes => Volatile.Read(ref _checkpointBytes);

    /// <summary>Time the lane spent writing rows.</summary>
    public long CheckpointMicroseconds => Volatile.Read(ref _checkpointMicroseconds);

    /// <summary>Customers whose newest state is not yet in their row.</summary>
    public long MemTableRows => Volatile.Read(ref _memTableRows);
    public long MemTableBytes => Volatile.Read(ref _memTableBytes);

    /// <summary>Records how many seconds each commit took; null: nobody measures them.</summary>
    public Histogram<double>? CommitDuration { get; set; }

    /// <summary>Damage of its files that was found when it was opened; null: none.</summary>
    public string? Damage { get; internal set; }

    internal void Batch(int changes, int transitions, long journalBytes, long transitionBytes)
    {
        Volatile.Write(ref _batches, _batches + 1);
        Volatile.Write(ref _changes, _changes + changes);
        Volatile.Write(ref _transitions, _transitions + transitions);
        Volatile.Write(ref _journalBytes, _journalBytes + journalBytes);
        Volatile.Write(ref _transitionBytes, _transitionBytes + transitionBytes);
    }

    internal void Latency(TimeSpan elapsed) => CommitDuration?.Record(elapsed.TotalSeconds);

    internal void Slice(int rows, long bytes, TimeSpan elapsed)
    {
        Volatile.Write(ref _checkpointRows, _checkpointRows + rows);
        Volatile.Write(ref _checkpointBytes, _checkpointBytes + bytes);
        Volatile.Write(ref _checkpointMicroseconds, _checkpointMicroseconds + (elapsed.Ticks / TimeSpan.TicksPerMicrosecond));
    }

    internal void MemTable(long rows, long bytes)
    {
        Volatile.Write(ref _memTableRows, rows);
        Volatile.Write(ref _memTableBytes, bytes);
    }

    internal void Conflict() => Volatile.Write(ref _conflicts, _conflicts + 1);

    internal void FailedBatch() => Volatile.Write(ref _failedBatches, _failedBatches + 1);

    internal void VersionRead() => Volatile.Write(ref _versionReads, _versionReads + 1);

    internal void Checkpoint() => Volatile.Write(ref _checkpoints, _checkpoints + 1);

    internal void FailedSlice() => Volatile.Write(ref _failedSlices, _failedSlices + 1);
}
