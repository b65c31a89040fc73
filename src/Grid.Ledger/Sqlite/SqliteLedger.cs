using System.Data.Common;
using Grid.Ledger.Lanes;
using Grid.Ledger.Log;
using Grid.Ledger.Sqlite.Lane;
using Grid.Ledger.Sqlite.Reading;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Sqlite;

/// <summary>
/// A ledger in one SQLite file. A commit is answered when its delta is in the journal; checkpoints write the rows later, and until then the newest
/// states are in memory. See decision 0006.
/// </summary>
public sealed class SqliteLedger(SqliteLedgerOptions options) : ILedger, IStateRecords, IStateDatabase
{
    private readonly LaneQueue _queue = new(options.Limits.WaitingMax);
    private readonly PendingCommits _pending = new(options.Limits.WaitingMax);
    private readonly MemTable _memTable = new();
    private readonly RecentLog _recent = new(options.Limits.RecentTransitionsMax);
    private readonly CommitLog _commits = new(options.Limits);
    private readonly SemaphoreSlim _scans = new(options.Limits.ScansMax);
    private readonly SemaphoreSlim _headScans = new(options.Limits.HeadScansMax);
    private readonly SemaphoreSlim _sorting = new(1);
    private LedgerLock? _lock;
    private Database? _database;
    private WriteAhead? _writeAhead;
    private WriterLane? _lane;
    private Opened? _opened;
    private SqliteStates? _states;

    string IStateDatabase.Invariant => "System.Data.SQLite";

    DbDataSource IStateDatabase.Connections => _states ??= new SqliteStates(options, _queue, pages => _writeAhead?.AddPages(pages));

    public Task Recovered => Parts.Recovery.Ended;

    public LedgerStatistics Statistics { get; } = new();

    public long? Erasures => Parts.Writer.Erasures;

    public LogPosition Head => new(_recent.Head);

    public CommitPosition CommitHead => _commits.Head;

    public AsyncSignal Signal => _commits.Signal;

    private Opened Parts => _opened ?? throw new InvalidOperationException("The ledger is not open.");

    public async Task Open(CancellationToken cancellation)
    {
        try
        {
            await Task.Run(Start, cancellation);
            await Parts.Eraser.FinishAll();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public ValueTask<CustomerRow?> Load(CustomerId customer, CancellationToken cancellation) =>
        Recovered.IsCompletedSuccessfully ? LoadNow(customer, cancellation) : LoadRecovered(customer, cancellation);

    public ValueTask<CommitOutcome> Commit(CustomerChange change) =>
        Recovered.IsCompletedSuccessfully ? CommitNow(change) : CommitRecovered(change);

    public async ValueTask<long> Fence(long epoch)
    {
        var fencing = new BetweenWork<long>(_ => Parts.Writer.Fence(epoch));
        await _queue.Add(fencing);
        return await fencing.Answer;
    }

    public ValueTask<LogPage> Tail(LogPosition after, int limit, CancellationToken cancellation) =>
        Parts.Log.After(after, limit, cancellation);

    public async ValueTask<IReadOnlyList<DueCustomer>> Due(Instant before, int limit, CancellationToken cancellation)
    {
        await Recovered.WaitAsync(cancellation);
        return await Parts.Deadlines.Due(before, limit, cancellation);
    }

    public async ValueTask<Instant> NextDue(CancellationToken cancellation)
    {
        var first = await Due(new Instant(Instant.Never.Milliseconds - 1), 1, cancellation);
        return first.Count == 0 ? Instant.Never : first[0].DueAt;
    }

    public ValueTask<LedgerScan> Scan(CancellationToken cancellation) => TakeSnapshot(null, cancellation);

    public async ValueTask<LedgerScan> Scan(int partition, CancellationToken cancellation)
    {
        await Recovered.WaitAsync(cancellation);

        // Sorts most of the ids here, so that the lane, which takes the snapshot, has only the newest left to sort.
        await SortMemTable(cancellation);
        return await TakeSnapshot(partition, cancellation);
    }

    public async ValueTask<PartitionScan> ScanHeads(int partition, CancellationToken cancellation)
    {
        await Recovered.WaitAsync(cancellation);
        await SortMemTable(cancellation);
        return await HeadSnapshot.Take(options, _memTable, _commits, partition, _headScans, cancellation);
    }

    public ValueTask<CommitPage?> Commits(CommitPosition after, int limitBatches, CancellationToken cancellation) =>
        new(_commits.After(after, limitBatches));

    public async ValueTask<bool> Erase(CustomerId customer, CancellationToken cancellation)
    {
        await Recovered.WaitAsync(cancellation);
        return await Parts.Eraser.Erase(customer, cancellation);
    }

    public ValueTask Reject(IReadOnlyList<Reject> rejects) => Parts.Rejects.Keep(rejects);

    public ValueTask<IReadOnlyList<KeptReject>> Rejects(long after, int limit, CancellationToken cancellation) =>
        Parts.Rejects.After(after, limit, cancellation);

    ValueTask<StateRecord?> IStateRecords.Read(string name, string key, CancellationToken cancellation) =>
        Parts.Records.Read(name, key, cancellation);

    ValueTask<RecordOutcome> IStateRecords.Write(string name, string key, ReadOnlyMemory<byte> payload, string? tag) =>
        Parts.Records.Write(name, key, payload.ToArray(), tag);

    ValueTask<RecordOutcome> IStateRecords.Clear(string name, string key, string? tag) => Parts.Records.Write(name, key, null, tag);

    /// <summary>Starts a checkpoint now instead of at its limit. Returns when it has begun.</summary>
    public async Task BeginCheckpoint()
    {
        await Recovered;
        var beginning = new BetweenWork<bool>(_ =>
        {
            Parts.Checkpoint.Start();
            return true;
        });
        await _queue.Add(beginning);
        await beginning.Answer;
    }

    /// <summary>Answers all waiting callers, then closes. States not yet in rows stay in the journal, as after a crash.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        try
        {
            if (_lane is not null) await _lane.Ended;
        }
        finally
        {
            _opened?.Dispose();
            _writeAhead?.Dispose();
            _database?.Dispose();
            _lock?.Dispose();
            (_opened, _lane, _writeAhead, _database, _lock) = (null, null, null, null, null);
        }
    }

    private async ValueTask<CustomerRow?> LoadRecovered(CustomerId customer, CancellationToken cancellation)
    {
        await Recovered.WaitAsync(cancellation);
        return await LoadNow(customer, cancellation);
    }

    private ValueTask<CustomerRow?> LoadNow(CustomerId customer, CancellationToken cancellation)
    {
        if (!_memTable.Now.TryGet(customer, out var row)) return Parts.Readers.Read(customer, CustomerRows.Load, cancellation);
        return row.State is { } state
            ? new ValueTask<CustomerRow?>(StoredRow.From(customer, row.Version, row.DueAt, state, null).Row)
            : Parts.Readers.Read((Customer: customer, Row: row), Fold, cancellation);

        static CustomerRow? Fold(Database database, (CustomerId Customer, MemTableRow Row) changed) =>
            CustomerRows.From(changed.Customer, changed.Row, database).Row;
    }

    private async ValueTask<CommitOutcome> CommitRecovered(CustomerChange change)
    {
        await Recovered;
        return await CommitNow(change);
    }

    private ValueTask<CommitOutcome> CommitNow(CustomerChange change)
    {
        var pending = _pending.Rent(change, options.Time.GetTimestamp());
        return _queue.TryAdd(pending) ? pending.Answer : CommitWhenThereIsRoom(pending);
    }

    private async ValueTask<CommitOutcome> CommitWhenThereIsRoom(PendingCommit pending)
    {
        await _queue.Add(pending);
        return await pending.Answer;
    }

    private async ValueTask<LedgerScan> TakeSnapshot(int? partition, CancellationToken cancellation)
    {
        await Recovered.WaitAsync(cancellation);
        await _scans.WaitAsync(cancellation);
        var snapshot = new Snapshot(Database.Open(options.Path, readOnly: true), partition, _scans);
        try
        {
            var taking = new BetweenWork<LogPosition>(_ =>
            {
                snapshot.Take(_memTable);
                return Head;
            });
            await _queue.Add(taking);
            return new LedgerScan(await taking.Answer, snapshot.Rows(cancellation), snapshot);
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    /// <summary>Limits this to one caller at a time: after a start it takes a second, and further callers would block threads of the pool.</summary>
    private async Task SortMemTable(CancellationToken cancellation)
    {
        await _sorting.WaitAsync(cancellation);
        try
        {
            await Task.Run(_memTable.Now.Sort, cancellation);
        }
        finally
        {
            _sorting.Release();
        }
    }

    private void Start()
    {
        _lock = LedgerLock.Take(options.Path);
        Statistics.Damage = WriteAheadDamage.Find(options.Path);
        var database = _database = Database.Open(options.Path, readOnly: false);
        Configure(database);
        Schema.Apply(database, options.Path);
        database.MoveWriteAhead(truncate: true, out _);

        var versions = new VersionCache(options.Limits.VersionsRememberedMax);
        var writer = new BatchWriter(database, _memTable, versions, Statistics);
        var checkpoint = new Checkpoint(database, _memTable, versions, writer, _queue, options, Statistics);
        var head = database.Of("transitions-last").Number();
        writer.RecoverLog(head);
        _recent.Publish(head);

        var readers = new Readers(options.Path, options.Limits.ReadersMax);
        _writeAhead = new WriteAhead(options.Path, database, _queue, options.Limits);
        var recovery = new Recovery(options.Path, _queue, _memTable, writer, checkpoint);
        _lane = new WriterLane(database, _queue, writer, checkpoint, _writeAhead, _memTable, _recent, _commits, options, Statistics);
        var second = TimeSpan.FromSeconds(1);
        _opened = new Opened(
            recovery,
            writer,
            readers,
            new LogReader(readers, _recent, options.Limits.PageTransitionsMax),
            new DueReader(readers, _memTable),
            new SqliteRejects(_queue, readers, options.Limits),
            new SqliteRecords(_queue, readers),
            new Eraser(_queue, readers, _memTable, versions, writer, _recent, _commits, _writeAhead),
            checkpoint,
            options.Time.CreateTimer(static queue => ((LaneQueue)queue!).TryAdd(Nudge.Instance), _queue, second, second));
        _lane.Start();
        recovery.Start();
    }

    private void Configure(Database database)
    {
        database.Execute($"PRAGMA page_size = {Database.PageBytes}");
        database.Execute("PRAGMA journal_mode = WAL");
        database.Execute("PRAGMA cache_size = -65536");
        database.Execute(Database.WriterSettings(options.Limits));
    }

    private sealed record Opened(
        Recovery Recovery,
        BatchWriter Writer,
        Readers Readers,
        LogReader Log,
        DueReader Deadlines,
        SqliteRejects Rejects,
        SqliteRecords Records,
        Eraser Eraser,
        Checkpoint Checkpoint,
        ITimer Ticking) : IDisposable
    {
        public void Dispose()
        {
            Recovery.Dispose();
            Ticking.Dispose();
            Eraser.Dispose();
            Readers.Dispose();
        }
    }
}
