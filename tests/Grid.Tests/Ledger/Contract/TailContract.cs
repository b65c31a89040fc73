using Grid.Ledger;
using Grid.Model.Transitions;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

public abstract class TailContract : LedgerContract
{
    private protected TailContract(ILedgerStore store)
        : base(store)
    {
    }

    // Few enough that older positions are read from the file and newer ones from memory.
    protected override LedgerLimits Limits => new() { RecentTransitionsMax = 64 };

    [Fact]
    public async Task EmptyLogHasNothingAndStaysAtItsStart()
    {
        var page = await Ledger.Tail(LogPosition.Start, 10, Cancellation);
        page.Items.ShouldBeEmpty();
        page.Next.ShouldBe(LogPosition.Start);
    }

    [Fact]
    public async Task TransitionComesBackAsItWasWritten()
    {
        var change = await Committed(new Shopper("äda 用户 🙂").Buys(null, "journey - first", "lifecycle lost new"));
        (await WholeLog()).Select(item => item.Transition).ShouldBe(change.Transitions);
    }

    [Fact]
    public async Task EveryPositionAndLimitReadsExactlyWhatFollows()
    {
        var expected = await SomeLog();
        for (var after = 0; after <= expected.Count; after += 3)
        {
            foreach (var limit in new[] { 1, 2, 7, 50, 1_000 })
            {
                var page = await Ledger.Tail(new LogPosition(after), limit, Cancellation);
                page.Items.Select(item => item.Transition).ShouldBe(expected.Skip(after).Take(limit));
                page.Items.Select(item => item.Sequence).ShouldBe(Enumerable.Range(after + 1, page.Items.Count).Select(n => (long)n));
                page.Next.ShouldBe(new LogPosition(after + page.Items.Count));
            }
        }
    }

    [Fact]
    public async Task PositionBeyondTheEndReadsNothing()
    {
        await Committed(new Shopper("ada").Buys(null, "journey - first"));
        var page = await Ledger.Tail(new LogPosition(99), 10, Cancellation);
        page.Items.ShouldBeEmpty();
        page.Next.ShouldBe(new LogPosition(99));
    }

    [Fact]
    public async Task ReadersBesideWritersNeitherSkipNorDouble()
    {
        const int Writers = 16, Turns = 60;
        var readers = Enumerable.Range(1, 4).Select(n => Task.Run(() => Read(Writers * Turns * 2, n * 5))).ToArray();
        var writers = Enumerable.Range(0, Writers).Select(n => Task.Run(async () =>
        {
            var shopper = new Shopper($"c{n}");
            for (var turn = 0; turn < Turns; turn++) await Committed(shopper.Buys(null, "journey - first", "lifecycle - new"));
        }));
        await Task.WhenAll(writers);
        var log = await WholeLog();
        log.Count.ShouldBe(Writers * Turns * 2);
        foreach (var read in await Task.WhenAll(readers)) read.ShouldBe(log);
    }

    private async Task<List<LoggedTransition>> Read(int count, int limit)
    {
        var items = new List<LoggedTransition>();
        var position = LogPosition.Start;
        while (items.Count < count)
        {
            Cancellation.ThrowIfCancellationRequested();
            var page = await Ledger.Tail(position, limit, Cancellation);
            if (page.Items.Count == 0) await Task.Yield();
            items.AddRange(page.Items);
            position = page.Next;
        }

        return items;
    }

    /// <summary>Batches of many sizes, each in the order in which it was answered.</summary>
    private async Task<List<Transition>> SomeLog()
    {
        for (var size = 1; size <= 20; size++)
            await Task.WhenAll(Enumerable.Range(0, size).Select(n => Committed(new Shopper($"c{size}-{n}").Buys(null, "journey - first"))));
        var log = await WholeLog();
        log.Select(item => item.Transition.Customer.Value).Order().ShouldBe(
            Enumerable.Range(1, 20).SelectMany(size => Enumerable.Range(0, size).Select(n => $"c{size}-{n}")).Order());
        return [.. log.Select(item => item.Transition)];
    }
}
