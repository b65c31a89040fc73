using Grid.Ledger;
using Grid.Live.Transitions;
using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Shouldly;
using Xunit;

namespace Grid.Tests.Live;

public sealed class LogOfTwoLanes
{
    private readonly TwoLanes _log = new();

    [Fact]
    public async Task BeginsWithWhatWasRecordedLastInEitherLane()
    {
        for (var at = 1; at <= 400; at++) _log.Add(at % 4 == 0 ? 1 : 0, at);

        var latest = await new LatestTransitions(_log).Read(TransitionFilter.None, CancellationToken.None);

        latest.Items.Select(item => item.Customer).ShouldBe(Enumerable.Range(351, 50).Select(at => $"c{at}"), ignoreOrder: true);
        latest.Position.ShouldBe(_log.Head);
    }

    [Fact]
    public async Task ResumesFromAnyTransitionsOwnPositionWithTheRestOfBothLanes()
    {
        for (var at = 1; at <= 60; at++) _log.Add(at % 3 == 0 ? 1 : 0, at);
        var all = (await Read(LogPosition.Start)).ToList();
        all.Count.ShouldBe(60);

        for (var index = 0; index < all.Count; index++)
        {
            LogPosition.TryParse(all[index].Position, out var position).ShouldBeTrue();
            var rest = await Read(position);
            rest.Select(item => item.Customer).ShouldBe(all.Skip(index + 1).Select(item => item.Customer), ignoreOrder: true);
        }
    }

    /// <summary>All frames of a stream until it stands at the end of the log.</summary>
    private async Task<List<TransitionView>> Read(LogPosition after)
    {
        using var signal = new LogSignal(_log, TimeProvider.System);
        var items = new List<TransitionView>();
        await foreach (var frame in new TransitionStream(_log, new LatestTransitions(_log), signal, TimeProvider.System)
                           .Frames(TransitionFilter.None, after, CancellationToken.None))
        {
            items.AddRange(frame.Items);
            if (frame.Position == _log.Head.ToString()) break;
        }

        return items;
    }

    /// <summary>Only a log: one lane's transitions follow after the other's in a page, as a store with two writers may give them.</summary>
    private sealed class TwoLanes : ILedger, IDisposable
    {
        private readonly List<LoggedTransition>[] _lanes = [[], []];

        public LedgerStatistics Statistics { get; } = new();

        public LogPosition Head => new(_lanes[0].Count, _lanes[1].Count);

        public void Add(int lane, int at)
        {
            var (customer, cause, instant) = (new CustomerId($"c{at}"), new Cause(CauseKind.Event), new Instant(at));
            var transition = new Transition(customer, "journey", null, "new", Direction.Entry, cause, instant, instant);
            _lanes[lane].Add(new LoggedTransition(lane, _lanes[lane].Count + 1, transition));
        }

        public ValueTask<LogPage> Tail(LogPosition after, int limit, CancellationToken cancellation)
        {
            List<LoggedTransition> items = [.. _lanes.SelectMany(lane => lane).Where(item => item.Sequence > after[item.Lane]).Take(limit)];
            var next = items.Aggregate(after, (position, item) => position.With(item.Lane, item.Sequence));
            return new ValueTask<LogPage>(new LogPage(items, next));
        }

        public IDisposable Observe(ICommitObserver observer, LogPosition? after = null) => this;

        public ValueTask<long> Fence(long edition) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public Task Open(CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<CustomerRow?> Load(CustomerId customer, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<CommitOutcome> Commit(CustomerChange change) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<DueCustomer>> Due(Instant before, int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask<Instant> NextDue(CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<LedgerScan> Scan(CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<bool> Erase(CustomerId customer, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask Reject(IReadOnlyList<Reject> rejects) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<KeptReject>> Rejects(long after, int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
