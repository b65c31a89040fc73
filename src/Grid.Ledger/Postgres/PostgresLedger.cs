using System.Data.Common;
using Grid.Ledger.Lanes;
using Grid.Ledger.Postgres.Following;
using Grid.Ledger.Postgres.Reading;
using Grid.Model.Customers;
using Grid.Model.Time;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// A ledger in a PostgreSQL database, to which many processes write concurrently. Each has one writer per lane; all follow one log. See decision
/// 0009.
/// </summary>
public sealed class PostgresLedger : ILedger, IStateRecords, IStateDatabase
{
    private readonly PostgresLedgerOptions _options;
    private readonly PendingCommits _pending;
    private readonly CommitFeed _publication;
    private readonly LaneQueue[] _queues;
    private OpenLedger? _opened;

    public PostgresLedger(PostgresLedgerOptions options)
    {
        _options = options;
        _pending = new PendingCommits(options.Limits.WaitingMax);
        _publication = new CommitFeed(options.Lanes, options.Limits);
        _queues = [.. Enumerable.Range(0, options.Lanes).Select(_ => new LaneQueue(Math.Max(1, options.Limits.WaitingMax / options.Lanes)))];
        Connections = new PostgresStates(() => Parts.Database);
        if (!options.ReadOnly) return;
        foreach (var queue in _queues) queue.Close();
    }

    public string Invariant => "Npgsql";

    public DbDataSource Connections { get; }

    public LedgerStatistics Statistics { get; } = new();

    public LogPosition Head => _publication.Head;

    public CommitPosition CommitHead => _publication.CommitHead;

    public AsyncSignal Signal => _publication.Signal;

    private OpenLedger Parts => _opened ?? throw new InvalidOperationException("The ledger is not open.");

    public async Task Open(CancellationToken cancellation)
    {
        var database = new Database(_options);
        try
        {
            var (writer, channel, lanes) = await database.Read("opening the ledger", _options, Prepare, cancellation);
            _publication.Start(lanes);
            _opened = new OpenLedger(database, _publication, _queues, _options, Statistics, writer, channel, lanes);
            if (!_options.ReadOnly) await _opened.Eraser.FinishAll();
        }
        catch
        {
            if (_opened is null) await database.DisposeAsync();
            await DisposeAsync();
            throw;
        }
    }

    public ValueTask<CustomerRow?> Load(CustomerId customer, CancellationToken cancellation) => Parts.Loader.Load(customer, cancellation);

    public ValueTask<CommitOutcome> Commit(CustomerChange change)
    {
        var pending = _pending.Rent(change, _options.Time.GetTimestamp());
        var queue = _queues[LaneOf.Customer(change.Customer, _queues.Length)];
        return queue.TryAdd(pending) ? pending.Answer : CommitWhenThereIsRoom(queue, pending);
    }

    public ValueTask<long> Fence(long epoch) => Parts.Fence.Raise(epoch);

    public ValueTask<LogPage> Tail(LogPosition after, int limit, CancellationToken cancellation) =>
        Parts.Log.After(after, limit, cancellation);

    public ValueTask<IReadOnlyList<DueCustomer>> Due(Instant before, int limit, CancellationToken cancellation) =>
        Parts.Deadlines.Due(before, limit, cancellation);

    public ValueTask<Instant> NextDue(CancellationToken cancellation) => Parts.Deadlines.Next(cancellation);

    public async ValueTask<LedgerScan> Scan(CancellationToken cancellation) => await Parts.Population.Everyone(cancellation);

    public async ValueTask<LedgerScan> Scan(int partition, CancellationToken cancellation) =>
        await Parts.Population.Partition(partition, cancellation);

    public async ValueTask<PartitionScan> ScanHeads(int partition, CancellationToken cancellation) =>
        await Parts.Population.Heads(partition, cancellation);

    public ValueTask<CommitPage?> Commits(CommitPosition after, int limitBatches, CancellationToken cancellation) =>
        Parts.Commits.After(after, limitBatches, cancellation);

    public ValueTask<bool> Erase(CustomerId customer, CancellationToken cancellation) => Parts.Eraser.Erase(customer, cancellation);

    public ValueTask Reject(IReadOnlyList<Reject> rejects) => Parts.Rejects.Keep(rejects);

    public ValueTask<IReadOnlyList<KeptReject>> Rejects(long after, int limit, CancellationToken cancellation) =>
        Parts.Rejects.After(after, limit, cancellation);


    ValueTask<StateRecord?> IStateRecords.Read(string name, string key, CancellationToken cancellation) =>
        Parts.Records.Read(name, key, cancellation);

    ValueTask<RecordOutcome> IStateRecords.Write(string name, string key, ReadOnlyMemory<byte> payload, string? tag) =>
        Parts.Records.Write(name, key, payload.ToArray(), tag);

    ValueTask<RecordOutcome> IStateRecords.Clear(string name, string key, string? tag) => Parts.Records.Write(name, key, null, tag);

    /// <summary>Answers all waiting callers, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var queue in _queues) queue.Close();
        if (Interlocked.Exchange(ref _opened, null) is { } opened) await opened.DisposeAsync();
    }

    /// <summary>Applies the migrations, and gives this process a number, the channel of its database and where the lanes end.</summary>
    private static async Task<(long Writer, string Channel, List<(long Page, long Head)> Lanes)> Prepare(
        NpgsqlConnection connection, PostgresLedgerOptions options, CancellationToken cancellation)
    {
        if (options.ReadOnly)
        {
            await Schema.Check(connection, options.Lanes);
            return (0, string.Empty, await LaneHeads.Read(connection, "lanes", cancellation));
        }

        await Schema.Apply(connection, options.Lanes);
        await using var numbering = Database.Statement(connection, "counter-next", Database.Value("writers"));
        var writer = (long)(await numbering.ExecuteScalarAsync(cancellation))!;
        await using var naming = Database.Statement(connection, "channel");
        var channel = (string)(await naming.ExecuteScalarAsync(cancellation))!;
        return (writer, channel, await LaneHeads.Read(connection, "lanes", cancellation));
    }

    private static async ValueTask<CommitOutcome> CommitWhenThereIsRoom(LaneQueue queue, PendingCommit pending)
    {
        await queue.Add(pending);
        return await pending.Answer;
    }
}
