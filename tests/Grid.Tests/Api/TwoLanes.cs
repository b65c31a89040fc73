using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Tests.Api;

/// <summary>A ledger with only a log: in a page one lane's transitions follow after the other's, as in a store with two writers.</summary>
internal sealed class TwoLanes : ILedger
{
    private readonly List<LoggedTransition>[] _lanes = [[], []];

    public LedgerStatistics Statistics { get; } = new();

    public AsyncSignal Signal { get; } = new();

    public CommitPosition CommitHead => CommitPosition.Start;

    public LogPosition Head => new(_lanes[0].Count, _lanes[1].Count);

    /// <summary>The last transition of a lane that this process knows.</summary>
    public LogPosition Known { get; set; } = new(int.MaxValue, int.MaxValue);

    /// <summary>Whether each read of the log finds a new transition, so that no reader ever reaches its end.</summary>
    public bool GrowsWhenRead { get; set; }

    public void Add(int lane, int at)
    {
        var (customer, cause, instant) = (new CustomerId($"c{at}"), new Cause(CauseKind.Event), new Instant(at));
        var transition = new Transition(customer, "journey", null, "new", Direction.Entry, cause, instant, instant);
        _lanes[lane].Add(new LoggedTransition(lane, _lanes[lane].Count + 1, transition));
    }

    public ValueTask<LogPage> Tail(LogPosition after, int limit, CancellationToken cancellation)
    {
        if (GrowsWhenRead) Add(lane: 0, _lanes[0].Count + 1);
        List<LoggedTransition> items = [.. _lanes.SelectMany(lane => lane).Where(IsNext).Take(limit)];
        var next = items.Aggregate(after, (position, item) => position.With(item.Lane, item.Sequence));
        return new ValueTask<LogPage>(new LogPage(items, next));

        bool IsNext(LoggedTransition item) => item.Sequence > after[item.Lane] && item.Sequence <= Known[item.Lane];
    }

    public ValueTask<long> Fence(long epoch) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task Open(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<CustomerRow?> Load(CustomerId customer, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<CommitOutcome> Commit(CustomerChange change) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<DueCustomer>> Due(Instant before, int limit, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<Instant> NextDue(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<LedgerScan> Scan(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<LedgerScan> Scan(int partition, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<PartitionScan> ScanHeads(int partition, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<CommitPage?> Commits(CommitPosition after, int limitGroups, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<bool> Erase(CustomerId customer, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask Reject(IReadOnlyList<Reject> rejects) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<KeptReject>> Rejects(long after, int limit, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
