namespace Grid.Ledger;

/// <summary>Every bound of a ledger, its unit last. What happens at the bound is said beside it.</summary>
public sealed record LedgerLimits
{
    /// <summary>Commits and other writes that wait for the lane; beyond this a caller waits for room before it is queued.</summary>
    public int WaitingMax { get; init; } = 65_536;

    /// <summary>Changes of one transaction; the others wait for the next.</summary>
    public int BatchChangesMax { get; init; } = 4_096;

    /// <summary>Deltas of one transaction; what follows waits for the next. A single larger change makes a batch of its own.</summary>
    public int BatchBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Customers whose newest state is only in the journal and in memory; at the bound their rows are written.</summary>
    /// <remarks>While those rows are being written, as many again may gather; then commits wait until the writing has caught up.</remarks>
    public int MemTableRowsMax { get; init; } = 400_000;

    /// <summary>The same in bytes of state.</summary>
    public long MemTableBytesMax { get; init; } = 384L * 1024 * 1024;

    /// <summary>Deltas in the journal since the last checkpoint; at the bound rows are written. It bounds the time of recovery.</summary>
    public long JournalBytesMax { get; init; } = 192L * 1024 * 1024;

    /// <summary>Rows are written at least this often, so that a restart after quiet days is quick.</summary>
    public int CheckpointSeconds { get; init; } = 600;

    /// <summary>Recovered rows are written so long after a start, or earlier when the memtable is full again, so that they do not delay the start.</summary>
    public int RecoveryRestSeconds { get; init; } = 20;

    /// <summary>Rows written at a time between two batches; the rest waits for the next slice.</summary>
    public int SliceRowsMax { get; init; } = 2_000;

    /// <summary>Time of one slice between two batches; the rest waits for the next slice.</summary>
    public int SliceMillisecondsMax { get; init; } = 4;

    /// <summary>Transitions kept in memory for readers near the end of the log; those further back read the file.</summary>
    public int RecentTransitionsMax { get; init; } = 65_536;

    /// <summary>
    /// Changed customers of the newest batches kept in memory for those who follow commits; beyond this the oldest batches are dropped, and who
    /// has not read them scans again. SQLite and memory only.
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

    /// <summary>Connections that read at the same time; further readers wait for one.</summary>
    public int ReadersMax { get; init; } = 4;

    /// <summary>Scans at the same time; a further one waits until one is disposed. Each keeps the write-ahead log from shrinking.</summary>
    public int ScansMax { get; init; } = 2;

    /// <summary>Scans of heads at the same time; a further one waits until one is disposed.</summary>
    public int HeadScansMax { get; init; } = 2;

    /// <summary>Heads of a scan held in memory at a time.</summary>
    public int ScanHeadsMax { get; init; } = 1_024;

    /// <summary>Write-ahead log; at the bound its pages are moved into the file.</summary>
    public long WriteAheadBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// How long the lane rests for a statement of Orleans' storage provider; then it goes on, and the statement waits for SQLite's lock.
    /// </summary>
    public int LanePauseMillisecondsMax { get; init; } = 100;

    /// <summary>A larger file is refused as if the disk were full.</summary>
    public long FileBytesMax { get; init; } = 1L << 42;

    /// <summary>
    /// How long a batch whose connection broke is retried to learn its outcome; after that its callers get an unknown outcome.
    /// PostgreSQL only, as everything below.
    /// </summary>
    public int UncertainSeconds { get; init; } = 5;

    /// <summary>Times a batch is retried after a deadlock or after others wrote some of its customers; then its callers get the failure.</summary>
    public int BatchAttemptsMax { get; init; } = 10;

    /// <summary>Customers read with one statement; what waits beyond that is read by the next.</summary>
    public int LoadCustomersMax { get; init; } = 256;

    /// <summary>Rows of a scan held in memory at a time.</summary>
    public int ScanRowsMax { get; init; } = 2_000;

    /// <summary>Batches of a lane read at a time by those who follow the log; the others are read next.</summary>
    public int FollowedBatchesMax { get; init; } = 64;

    /// <summary>Interval of polls for batches of other processes, in case a notification is lost.</summary>
    public int PollMilliseconds { get; init; } = 100;

    /// <summary>The least time between two notifications of this process; the next one covers what is committed meanwhile.</summary>
    public int NotifyMilliseconds { get; init; } = 10;

    /// <summary>How long the customers of a batch are kept for other processes; one that was cut off for longer has to start again.</summary>
    public int BatchesKeptMinutes { get; init; } = 60;

    /// <summary>Batches dropped at a time; older ones that are left are dropped a minute later.</summary>
    public int BatchesDroppedMax { get; init; } = 50_000;

    /// <summary>How long a fence waits until what was committed before it has been read from the log.</summary>
    public int FenceSeconds { get; init; } = 30;
}
