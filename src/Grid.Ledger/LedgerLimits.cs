namespace Grid.Ledger;

/// <summary>Every bound of a ledger, its unit last. Each says what happens when it is reached.</summary>
public sealed record LedgerLimits
{
    /// <summary>Commits and other writes in the queue of the lane; beyond this a caller waits for room.</summary>
    public int WaitingMax { get; init; } = 65_536;

    /// <summary>Changes of one transaction; further ones wait for the next transaction.</summary>
    public int BatchChangesMax { get; init; } = 4_096;

    /// <summary>Deltas of one transaction; further ones wait for the next. A single larger change makes a batch of its own.</summary>
    public int BatchBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Customers in the memtable, whose newest state is not in their row; at the bound a checkpoint writes their rows.</summary>
    /// <remarks>During a checkpoint the memtable may fill to this bound again; then commits wait until the checkpoint has ended.</remarks>
    public int MemTableRowsMax { get; init; } = 400_000;

    /// <summary>States in the memtable, in bytes; at the bound a checkpoint writes the rows.</summary>
    public long MemTableBytesMax { get; init; } = 384L * 1024 * 1024;

    /// <summary>Deltas in the journal since the last checkpoint; at the bound a checkpoint starts. This bounds the time of recovery.</summary>
    public long JournalBytesMax { get; init; } = 192L * 1024 * 1024;

    /// <summary>A checkpoint starts at least this often, so that a restart after quiet days is quick.</summary>
    public int CheckpointSeconds { get; init; } = 600;

    /// <summary>
    /// Recovered rows are written this long after a start, or earlier when the memtable is full again, so that they do not delay the start.
    /// </summary>
    public int RecoveryRestSeconds { get; init; } = 20;

    /// <summary>Rows written at a time between two batches; the rest waits for the next slice.</summary>
    public int SliceRowsMax { get; init; } = 2_000;

    /// <summary>Duration of one slice between two batches; the rest waits for the next slice.</summary>
    public int SliceMillisecondsMax { get; init; } = 4;

    /// <summary>Transitions kept in memory for readers near the end of the log; readers further back read the file.</summary>
    public int RecentTransitionsMax { get; init; } = 65_536;

    /// <summary>
    /// Customers of the newest batches kept in memory for readers of commits. Beyond this the oldest batches are dropped, and a reader that has not
    /// read them scans the rows again. SQLite and memory only.
    /// </summary>
    public int CommitsKeptMax { get; init; } = 262_144;

    /// <summary>Batches of one page of commits; a larger request gets this many.</summary>
    public int PageBatchesMax { get; init; } = 256;

    /// <summary>Customers of one page of commits; the batch that reaches it is the page's last of its lane.</summary>
    public int PageCommitsMax { get; init; } = 65_536;

    /// <summary>Versions of rows the lane remembers (16 bytes each); for others it reads the row.</summary>
    public int VersionsRememberedMax { get; init; } = 2_097_152;

    /// <summary>Transitions of one page of the log; a larger request gets this many.</summary>
    public int PageTransitionsMax { get; init; } = 10_000;

    /// <summary>Rejects kept; beyond this the oldest are dropped. A process on PostgreSQL drops them with every hundredth part that it adds.</summary>
    public int RejectsKeptMax { get; init; } = 100_000;

    /// <summary>Raw bytes kept of a reject; the rest is cut off.</summary>
    public int RejectRawBytesMax { get; init; } = 4_096;

    /// <summary>Deliveries that one transaction of the outbox writes; a larger request is refused, or done in several transactions.</summary>
    public int OutboxBatchRowsMax { get; init; } = 500;

    /// <summary>Deliveries of one page of the outbox; a larger request gets this many.</summary>
    public int OutboxPageRowsMax { get; init; } = 1_000;

    /// <summary>A reason or response of a delivery in UTF-8; the rest is cut off.</summary>
    public int OutboxTextBytesMax { get; init; } = 4_096;

    /// <summary>Concurrent reading connections; further readers wait for one.</summary>
    public int ReadersMax { get; init; } = 4;

    /// <summary>Concurrent scans; a further one waits until one is disposed. Each keeps the write-ahead log from shrinking.</summary>
    public int ScansMax { get; init; } = 2;

    /// <summary>Concurrent scans of heads; a further one waits until one is disposed.</summary>
    public int HeadScansMax { get; init; } = 2;

    /// <summary>Heads of a scan held in memory at a time.</summary>
    public int ScanHeadsMax { get; init; } = 1_024;

    /// <summary>Size of the write-ahead log; at the bound its pages are moved into the file.</summary>
    public long WriteAheadBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// How long the lane pauses for a statement of Orleans' storage provider or a transaction of the outbox. Then the lane continues, and both wait
    /// for SQLite's lock.
    /// </summary>
    public int LanePauseMillisecondsMax { get; init; } = 100;

    /// <summary>Size of the file; a write that needs more fails as on a full disk.</summary>
    public long FileBytesMax { get; init; } = 1L << 42;

    /// <summary>
    /// How long a batch whose connection broke is retried to find out whether it was committed; after that its callers get an unknown outcome.
    /// PostgreSQL only, as all limits below.
    /// </summary>
    public int UncertainSeconds { get; init; } = 5;

    /// <summary>
    /// Attempts of a batch after deadlocks, or after other writers changed some of its customers; then its callers get the failure.
    /// </summary>
    public int BatchAttemptsMax { get; init; } = 10;

    /// <summary>Concurrent connections of the outbox; a further request waits for one.</summary>
    public int OutboxConnectionsMax { get; init; } = 4;

    /// <summary>Customers read with one statement; further requests wait for the next statement.</summary>
    public int LoadCustomersMax { get; init; } = 256;

    /// <summary>Rows of a scan held in memory at a time.</summary>
    public int ScanRowsMax { get; init; } = 2_000;

    /// <summary>Batches of a lane that a follower of the log reads at a time; it reads the others next.</summary>
    public int FollowedBatchesMax { get; init; } = 64;

    /// <summary>Interval of polls for batches of other processes, in case a notification is lost.</summary>
    public int PollMilliseconds { get; init; } = 100;

    /// <summary>The least time between two notifications of this process; the next one covers all commits in between.</summary>
    public int NotifyMilliseconds { get; init; } = 10;

    /// <summary>How long the customers of a batch are kept for other processes; a process disconnected for longer must be restarted.</summary>
    public int BatchesKeptMinutes { get; init; } = 60;

    /// <summary>Batches dropped by one statement; further old batches are dropped a minute later.</summary>
    public int BatchesDroppedMax { get; init; } = 50_000;

    /// <summary>How long a fence waits until this process has read all earlier commits from the log.</summary>
    public int FenceSeconds { get; init; } = 30;
}
