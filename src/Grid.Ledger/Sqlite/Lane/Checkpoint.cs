using Grid.Ledger.Lanes;
using Grid.Ledger.Log;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>
/// Writes the rows of a generation in the order of their ids, then their heads by partition, in short slices between batches. Then it empties the
/// journal up to the point where the generation was frozen. Only the lane uses it, except for the sorting.
/// </summary>
/// <remarks>
/// A crash may lose a slice, even when later ones survive: rows carry their version, and recovery folds only newer deltas. So a slice needs no flush
/// of its own; the next batch's flush makes it durable with everything before it. Heads may be behind their rows for the same reason: until the
/// journal is emptied, each customer of the generation is in the memtable, which readers consult first, and recovery puts it there again after a
/// crash.
/// </remarks>
internal sealed class Checkpoint(
    Database database,
    MemTable memTable,
    VersionCache versions,
    BatchWriter writer,
    LaneQueue queue,
    SqliteLedgerOptions options,
    LedgerStatistics statistics)
{
    private const int JournalPagesPerSlice = 32;
    private const int RowsBetweenClocks = 64;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private readonly LedgerLimits _limits = options.Limits;
    private readonly TimeProvider _time = options.Time;
    private Generation? _frozen;
    private Task<WriteOrder>? _sorting;
    private int _next;
    private bool _carried;
    private long _journalUpTo;
    private long _journalDropped;
    private long _lastEnded = options.Time.GetTimestamp();
    private long _recoveredAt;
    private long _failedAt;

    /// <summary>Why the last slice failed; null when it did not.</summary>
    public LedgerException? Failure { get; private set; }

    public bool UnderWay => _frozen is not null;

    /// <summary>Whether another slice can be written now.</summary>
    public bool Ready => _sorting is { IsCompleted: true } && (Failure is null || _time.GetElapsedTime(_failedAt) >= PauseAfterFailure);

    /// <summary>Whether the current generation is full while the frozen one is still being written; commits then wait.</summary>
    public bool Behind => UnderWay && Full;

    private bool Full =>
        memTable.Current.Count >= _limits.MemTableRowsMax
        || memTable.Current.Bytes >= _limits.MemTableBytesMax
        || writer.JournalBytes >= _limits.JournalBytesMax;

    /// <summary>How full the current generation is, from 0 to 1: the fuller, the longer a slice may take.</summary>
    private double Fill =>
        Math.Min(
            1,
            Math.Max(
                (double)memTable.Current.Count / _limits.MemTableRowsMax,
                (double)writer.JournalBytes / _limits.JournalBytesMax));

    /// <summary>
    /// Adopts a recovered generation. It is written after a rest, or when the next generation is full, so that the writing does not slow the start.
    /// </summary>
    /// <param name="journalDropped">The number before the journal's first page.</param>
    public void Recover(Generation recovered, long journalDropped)
    {
        _journalUpTo = journalDropped;
        _recoveredAt = _time.GetTimestamp();
        Begin(recovered);
    }

    /// <summary>Starts a checkpoint when a limit is reached.</summary>
    public void StartWhenDue()
    {
        if (_frozen is { } frozen)
        {
            if (_sorting is null && (Full || _time.GetElapsedTime(_recoveredAt).TotalSeconds >= _limits.RecoveryRestSeconds)) Sort(frozen);
        }
        else if (writer.JournalBytes > 0 && (Full || _time.GetElapsedTime(_lastEnded).TotalSeconds >= _limits.CheckpointSeconds))
        {
            Start();
        }
    }

    public void Start()
    {
        if (_frozen is null) Begin(memTable.Freeze());
        if (_sorting is null) Sort(_frozen!);
    }

    /// <summary>Blocks until another thread has sorted the ids, or has failed to.</summary>
    public void WaitForSorting()
    {
        if (_sorting is null) Sort(_frozen!);
        _ = Task.WhenAny(_sorting!).GetAwaiter().GetResult();
    }

    /// <summary>Writes one slice. A failure is stored in <see cref="Failure"/>, and the slice is retried after a pause.</summary>
    public void Slice()
    {
        if (Sorted() is not { } order) return;
        var (rows, heads) = (order.Rows.Length, order.Rows.Length + order.Heads.Length);
        var start = _time.GetTimestamp();
        var (next, dropped, bytes) = (_next, _journalDropped, 0L);
        var carried = _carried;
        try
        {
            database.Execute("PRAGMA synchronous = NORMAL");
            database.Begin();
            if (next < rows) next = WriteRows(order.Rows, start, ref bytes);
            else if (next < heads) next = rows + WriteHeads(order.Heads, next - rows, start);
            else if (!carried) carried = Carry(order.Damaged);
            else dropped = DropJournal(start);
            database.Commit();
            Failure = null;
        }
        catch (Exception failure)
        {
            database.Rollback();
            Fail(failure);
            return;
        }
        finally
        {
            database.Execute("PRAGMA synchronous = FULL");
        }

        statistics.Slice(next <= rows ? next - _next : 0, bytes, _time.GetElapsedTime(start));
        if (carried != _carried) Keep(order.Damaged);
        (_next, _carried, _journalDropped) = (next, carried, dropped);
        if (_next == heads && _carried && _journalDropped == _journalUpTo) End();
    }

    private void Begin(Generation frozen)
    {
        _frozen = frozen;
        (_next, _carried) = (0, false);
        _journalDropped = _journalUpTo;
        _journalUpTo = writer.JournalSequence;
        writer.JournalBytes = 0;
    }

    private void Sort(Generation frozen)
    {
        _sorting = Task.Run(() =>
        {
            using var reading = Database.Open(options.Path, readOnly: true);
            return WriteOrder.Create(frozen, reading);
        });
        // When the queue is full, the lane is awake anyway.
        _ = _sorting.ContinueWith(_ => queue.TryAdd(Nudge.Instance), TaskScheduler.Default);
    }

    /// <summary>The sorted order; null when reading the rows failed, which is retried.</summary>
    private WriteOrder? Sorted()
    {
        try
        {
            return _sorting!.GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            Fail(failure);
            Sort(_frozen!);
            return null;
        }
    }

    private void Fail(Exception failure)
    {
        Failure = SqliteFailure.From(failure, "writing rows");
        _failedAt = _time.GetTimestamp();
        statistics.FailedSlice();
    }

    private int WriteRows(CustomerId[] ids, long start, ref long bytes)
    {
        var end = Math.Min(ids.Length, _next + _limits.SliceRowsMax);
        var next = _next;
        for (; next < end && !IsOver(next - _next, start); next++)
        {
            if (!_frozen!.TryGet(ids[next], out var row)) continue; // The customer was erased meanwhile.
            var write = database.Of("customer-write").Bind(1, ids[next].Value).Bind(2, row.Version);
            var checksum = StoredRow.Checksum(ids[next], row.Version, row.State);
            write.Bind(3, row.DueAt.IsNever ? null : row.DueAt.Milliseconds).Bind(4, row.State).Bind(5, checksum).Run();
            versions.Put(ids[next], row.Version);
            bytes += row.State!.Length;
        }

        return next;
    }

    private int WriteHeads(WriteOrder.Head[] heads, int begin, long start)
    {
        var end = Math.Min(heads.Length, begin + _limits.SliceRowsMax);
        var next = begin;
        for (; next < end && !IsOver(next - begin, start); next++)
        {
            var head = heads[next];
            if (!_frozen!.TryGet(head.Customer, out var row)) continue; // The customer was erased meanwhile.
            var write = database.Of("head-write").Bind(1, head.Partition).Bind(2, head.Customer.Value).Bind(3, row.Version);
            write.Bind(4, row.DueAt.IsNever ? null : row.DueAt.Milliseconds).Bind(5, head.Bytes.Span).Run();
        }

        return next;
    }

    /// <summary>Whether a slice with this many rows has used up its time. The clock is read only at some rows.</summary>
    private bool IsOver(int written, long start) =>
        written % RowsBetweenClocks == RowsBetweenClocks - 1
        && _time.GetElapsedTime(start).TotalMilliseconds > _limits.SliceMillisecondsMax * (0.25 + (0.75 * Fill));

    /// <summary>Appends the deltas of damaged rows to the journal again, so that they survive when the older pages are dropped.</summary>
    private bool Carry(CustomerId[] damaged)
    {
        JournalEntry[] entries = [.. damaged.SelectMany(customer => _frozen!.TryGet(customer, out var row) ? row.Unfolded : [])];
        if (entries.Length > 0) writer.WriteAgain(entries);
        return true;
    }

    private void Keep(CustomerId[] damaged)
    {
        foreach (var customer in damaged)
            if (_frozen!.TryGet(customer, out var row))
                memTable.Current.Put(customer, row);
    }

    private long DropJournal(long start)
    {
        var end = Math.Min(_journalUpTo, _journalDropped + JournalPagesPerSlice);
        var upTo = _journalDropped;
        while (upTo < end && (upTo == _journalDropped || _time.GetElapsedTime(start).TotalMilliseconds < _limits.SliceMillisecondsMax))
            database.Of("journal-drop").Bind(1, ++upTo).Run();
        return upTo;
    }

    private void End()
    {
        _frozen = null;
        _sorting = null;
        _lastEnded = _time.GetTimestamp();
        memTable.DropFrozen();
        statistics.Checkpoint();
    }
}
