using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Simulation.Worlds;

/// <summary>The world's ledger as seen by a silo.</summary>
internal sealed class SiloLedger(World world) : ILedger
{
    private readonly Storage _storage = world.Storage;

    public LedgerStatistics Statistics => _storage.Ledger.Statistics;

    public LogPosition Head => _storage.Ledger.Head;

    public long? Erasures => _storage.Ledger.Erasures;

    public CommitPosition CommitHead => _storage.Ledger.CommitHead;

    public AsyncSignal Signal => _storage.Ledger.Signal;

    public Task Open(CancellationToken cancellation) => Task.CompletedTask;

    public async ValueTask<CustomerRow?> Load(CustomerId customer, CancellationToken cancellation)
    {
        await _storage.Reach(Access.Read);
        var row = await _storage.Ledger.Load(customer, cancellation);
        await _storage.Answer(Access.Read);
        return row;
    }

    public async ValueTask<CommitOutcome> Commit(CustomerChange change)
    {
        await _storage.Reach(Access.Write);
        var outcome = await Write(change);
        await _storage.Answer(Access.Write);
        return outcome;
    }

    public async ValueTask<long> Fence(long epoch)
    {
        await _storage.Reach(Access.Write);
        var inForce = world.Mutates(Mutation.NoFence) ? epoch : await _storage.Ledger.Fence(epoch);
        await _storage.Answer(Access.Write);
        return inForce;
    }

    public async ValueTask<LogPage> Tail(LogPosition after, int limit, CancellationToken cancellation)
    {
        await _storage.Reach(Access.Read);
        return await _storage.Ledger.Tail(after, Math.Min(limit, world.PageMax), cancellation);
    }

    public ValueTask<IReadOnlyList<DueCustomer>> Due(Instant before, int limit, CancellationToken cancellation) =>
        _storage.Ledger.Due(before, limit, cancellation);

    public ValueTask<Instant> NextDue(CancellationToken cancellation) => _storage.Ledger.NextDue(cancellation);

    public async ValueTask<LedgerScan> Scan(CancellationToken cancellation)
    {
        await _storage.Reach(Access.Read);
        return await _storage.Ledger.Scan(cancellation);
    }

    public async ValueTask<LedgerScan> Scan(int partition, CancellationToken cancellation)
    {
        await _storage.Reach(Access.Read);
        return await _storage.Ledger.Scan(partition, cancellation);
    }

    public async ValueTask<PartitionScan> ScanHeads(int partition, CancellationToken cancellation)
    {
        await _storage.Reach(Access.Read);
        var scan = await _storage.Ledger.ScanHeads(partition, cancellation);
        await _storage.Answer(Access.Read);
        return new PartitionScan(scan.Position, OneByOne(scan.Heads), scan.Damaged);
    }

    public async ValueTask<CommitPage?> Commits(CommitPosition after, int limitGroups, CancellationToken cancellation)
    {
        await _storage.Reach(Access.Read);
        return await _storage.Ledger.Commits(after, Math.Min(limitGroups, world.PageMax), cancellation);
    }

    public async ValueTask<bool> Erase(CustomerId customer, CancellationToken cancellation)
    {
        await _storage.Reach(Access.Write);
        var existed = await _storage.Ledger.Erase(customer, cancellation);
        await _storage.Answer(Access.Write);
        return existed;
    }

    public ValueTask Reject(IReadOnlyList<Reject> rejects) => _storage.Ledger.Reject(rejects);

    public ValueTask<IReadOnlyList<KeptReject>> Rejects(long after, int limit, CancellationToken cancellation) =>
        _storage.Ledger.Rejects(after, limit, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Lets others run between two pages, as a database does.</summary>
    private static async IAsyncEnumerable<CommittedCustomer> OneByOne(IAsyncEnumerable<CommittedCustomer> heads)
    {
        await foreach (var head in heads)
        {
            yield return head;
            await Task.Yield();
        }
    }

    private async ValueTask<CommitOutcome> Write(CustomerChange change)
    {
        if (world.Mutates(Mutation.AnsweredBeforeCommitted) && world.Scheduler.Chance(20)) return new Committed(_storage.Ledger.Head);
        var before = await _storage.Ledger.Load(change.Customer, CancellationToken.None);
        if (world.Mutates(Mutation.NoVersionCheck)) change = change with { Version = (before?.Version ?? 0) + 1 };
        var outcome = await _storage.Ledger.Commit(change);
        if (outcome is Committed) _storage.Changes.Add(new WrittenChange(before, change));
        return outcome;
    }
}
