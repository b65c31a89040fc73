using Grid.Ledger.Lanes;
using Grid.Ledger.Log;
using Grid.Ledger.Sqlite.Lane;

namespace Grid.Ledger.Sqlite;

/// <summary>
/// Recovers from the journal what the last process held in memory. It reads the journal once and no row: a customer's row is folded when the customer
/// is loaded, and a checkpoint that starts after a while folds and writes the others. Nothing is evaluated again.
/// </summary>
/// <remarks>Runs on its own thread and connection, so that the lane can already read and write states of grains, which a start needs.</remarks>
internal sealed class Recovery(string path, LaneQueue queue, MemTable memTable, BatchWriter writer, Checkpoint checkpoint) : IDisposable
{
    // An estimate for the size of the table of customers: too low and the table grows while it is filled, too high and it wastes memory.
    private const int BytesPerCustomer = 512;

    // Large enough that the garbage collector does not move the buffer while the next pages are read.
    private const int ChunkBytes = 1 << 20;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread = new(static self => ((Recovery)self!).Run()) { IsBackground = true, Name = "ledger recovery" };
    private Memory<byte> _room;
    private volatile bool _stopping;

    /// <summary>Completes when the memtable has everything that the journal has; until then no customer may be loaded or committed.</summary>
    public Task Ended => _ended.Task;

    public void Start() => _thread.Start(this);

    public void Dispose()
    {
        _stopping = true;
        if (_thread.IsAlive) _thread.Join();
    }

    private void Run()
    {
        try
        {
            using var database = Database.Open(path, readOnly: true);
            var recovered = Read(database, out var dropped, out var last, out var bytes);
            var taking = new BetweenWork<bool>(_ =>
            {
                writer.RecoverJournal(last, bytes);
                if (recovered.Count == 0) return true;
                memTable.Recover(recovered);
                checkpoint.Recover(recovered, dropped);
                return true;
            });
            if (!queue.TryAdd(taking)) throw new ObjectDisposedException(nameof(ILedger), "The ledger was closed while it recovered.");
            taking.Answer.GetAwaiter().GetResult();
            _ended.SetResult();
        }
        catch (Exception failure)
        {
            _ended.SetException(SqliteFailure.From(failure, "recovering the journal"));

            // Reading the exception marks the failure as observed, in case no task awaits the recovery.
            _ = _ended.Task.Exception;
        }
    }

    private Generation Read(Database database, out long dropped, out long last, out long bytes)
    {
        bytes = database.Of("journal-bytes").Number();
        var recovered = new Generation((int)Math.Min(bytes / BytesPerCustomer, Array.MaxLength));
        (dropped, last) = (0, 0);
        var entries = new List<JournalEntry>();
        var statement = database.Of("journal-pages");
        while (!_stopping && statement.Step())
        {
            var sequence = statement.Long(0);
            if (last == 0) dropped = sequence - 1;
            last = sequence;
            JournalPage.Read(Keep(statement.Blob(1)), entries);
            foreach (var entry in entries) recovered.Recover(entry);
        }

        ObjectDisposedException.ThrowIf(_stopping, nameof(ILedger));
        return recovered;
    }

    private ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> page)
    {
        if (page.Length > _room.Length) _room = GC.AllocateUninitializedArray<byte>(Math.Max(ChunkBytes, page.Length));
        var kept = _room[..page.Length];
        page.CopyTo(kept.Span);
        _room = _room[page.Length..];
        return kept;
    }
}
