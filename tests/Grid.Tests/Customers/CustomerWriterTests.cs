using Grid.Grains;
using Grid.Grains.Clocks;
using Grid.Grains.Customers;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Ledger.Memory;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Rulebooks.Explaining;
using Grid.Tests.Explaining;
using Shouldly;
using Xunit;

namespace Grid.Tests.Customers;

/// <summary>A customer's only writer on a ledger in memory, without a silo.</summary>
public sealed class CustomerWriterTests
{
    private static readonly CustomerId Id = new("c1");

    private readonly MemoryLedger _ledger = new();
    private readonly SimulatedClock _clock = new(Asked.Start.ToDateTimeOffset());
    private readonly SteppedRules _rules = new() { Current = Asked.Shipped() with { Epoch = 1 } };
    private readonly CustomerServices _services;
    private int _orders;

    public CustomerWriterTests() => _services = new CustomerServices(_ledger, _rules, new InFlightEvents(), new GridClock(_clock));

    [Fact]
    public async Task CommitsBeforeItAnswers()
    {
        var writer = await Load();

        (await writer.Record([Order(), Order()])).ShouldAllBe(outcome => outcome.Kind == OutcomeKind.Accepted);

        var row = (await _ledger.Load(Id, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        row.Version.ShouldBe(1);
        writer.Read().ShouldNotBeNull().State.ToArray().ShouldBe(row.State);
    }

    [Fact]
    public async Task AnswersAQuestionWithoutACommit()
    {
        var writer = await Load();
        await writer.Record([Order()]);
        var head = _ledger.Head;
        _clock.AdvanceTo(Asked.Day(100).ToDateTimeOffset());

        var view = ViewOf(writer);

        view.Layers.Single(layer => layer.Scheme == "lifecycle").Layer.ShouldBe("lost", "what is due has happened in the answer");
        view.Version.ShouldBe(1);
        view.AsOf.ShouldBe(Asked.Day(100).ToString());
        _ledger.Head.ShouldBe(head);
        (await _ledger.Load(Id, TestContext.Current.CancellationToken)).ShouldNotBeNull().Version.ShouldBe(1);

        await writer.Advance(1, 0);
        var advanced = ViewOf(writer);
        (advanced with { Version = 1, Layers = [] }).ShouldBeEquivalentTo(view with { Layers = [] });
        advanced.Layers.Select(layer => (layer.Scheme, layer.Layer)).ShouldBe(view.Layers.Select(layer => (layer.Scheme, layer.Layer)));
    }

    [Fact]
    public async Task KnowsNothingOfACustomerWithoutFacts()
    {
        var writer = await Load();
        await writer.Advance(1, 0);

        writer.Read().ShouldBeNull();
        (await writer.Erase()).ShouldBeFalse();
    }

    [Fact]
    public async Task RefusesWhatAnotherHasOvertaken()
    {
        var (first, second) = (await Load(), await Load());
        await first.Record([Order()]);

        await Should.ThrowAsync<StaleCustomerException>(() => second.Record([Order()]).AsTask());

        (await _ledger.Load(Id, TestContext.Current.CancellationToken)).ShouldNotBeNull().Version.ShouldBe(1);
        await (await Load()).Record([Order()]);
        ViewOf(await Load()).Totals.Orders.ShouldBe(2);
    }

    [Fact]
    public async Task ReadsTheRowAgainWhenTheCallerKnowsALaterVersion()
    {
        var (first, overtaken) = (await Load(), await Load());
        await first.Record([Order()]);

        (await overtaken.Advance(1, 0)).ShouldBeNull();
        (await overtaken.Advance(1, 1)).ShouldNotBeNull().Version.ShouldBe(1);
    }

    [Fact]
    public async Task EndsAnErasureWhenItIsWokenAndKeepsWhoBeganAnew()
    {
        await (await Load()).Record([Order()]);
        var row = (await _ledger.Load(Id, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (await _ledger.Commit(CustomerDecider.Leave(Id, row.State, Asked.Day(1), _rules.Current))).ShouldBeOfType<Committed>();

        (await (await Load()).Advance(0, 0)).ShouldBeNull();
        (await _ledger.Load(Id, TestContext.Current.CancellationToken)).ShouldBeNull();

        await (await Load()).Record([Order()]);
        (await (await Load()).Advance(0, 0)).ShouldNotBeNull().Version.ShouldBe(1);
    }

    [Fact]
    public async Task DecidesAgainByNewerRules()
    {
        var writer = await Load();
        await _ledger.Fence(2);

        await writer.Record([Order()]);

        _rules.Adopted.ShouldBe([2]);
        writer.Read().ShouldNotBeNull().Epoch.ShouldBe(2);
        _ledger.Statistics.Changes.ShouldBe(1);
    }

    [Fact]
    public async Task LooksForNewerRulesWhenTheStateHasMetThem()
    {
        await (await Load()).Record([Order()]);
        _rules.Current = Asked.Shipped() with { Epoch = 1, Rulebook = new(0, default, Asked.Shipped().Rulebook.Content) };

        await Load();

        _rules.Adopted.ShouldBe([long.MaxValue]);
    }

    [Fact]
    public async Task LeavesNothingOfAnErasedCustomer()
    {
        var writer = await Load();
        await writer.Record([Order()]);
        var entries = _ledger.Head;

        (await writer.Erase()).ShouldBeTrue();

        writer.Read().ShouldBeNull();
        (await _ledger.Load(Id, TestContext.Current.CancellationToken)).ShouldBeNull();
        var log = await _ledger.Tail(LogPosition.Start, 1_000, TestContext.Current.CancellationToken);
        log.Items.Count.ShouldBe(2 * (int)entries[0], "each layer entered is left");
        (await writer.Record([Order()])).Single().Kind.ShouldBe(OutcomeKind.Accepted);
        ViewOf(writer).Version.ShouldBe(1);
    }

    /// <summary>The first call took the customer out of its layers and died; the sender, without an answer, repeats it.</summary>
    [Fact]
    public async Task EndsAnErasureThatAnEarlierCallBegan()
    {
        await (await Load()).Record([Order()]);
        var row = (await _ledger.Load(Id, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        await _ledger.Commit(CustomerDecider.Leave(Id, row.State, Instant.From(_clock.GetUtcNow()), _rules.Current));

        (await (await Load()).Erase()).ShouldBeTrue();

        (await _ledger.Load(Id, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await (await Load()).Erase()).ShouldBeFalse();
    }

    private async Task<CustomerWriter> Load()
    {
        var writer = new CustomerWriter(Id, _services);
        await writer.Load(TestContext.Current.CancellationToken);
        return writer;
    }

    private OrderPaid Order() => new(Instant.From(_clock.GetUtcNow()), MessageKey.From($"m{++_orders}"), $"o{_orders}", 10_000);

    private CustomerView ViewOf(CustomerWriter writer) => EvaluatedCustomer
        .From(Id, writer.Read().ShouldNotBeNull().State.ToArray(), Instant.From(_clock.GetUtcNow()), _rules.Current).View(Currency.Cny);

    /// <summary>Rules available from the beginning, of whatever epoch the writer requires.</summary>
    private sealed class SteppedRules : IRulesSource
    {
        public Task Published => Task.CompletedTask;

        public required Rules Current { get; set; }

        public List<long> Adopted { get; } = [];

        public ValueTask Adopt(long epoch)
        {
            if (epoch <= Current.Epoch) return ValueTask.CompletedTask;
            Adopted.Add(epoch);
            Current = Current with { Epoch = epoch };
            return ValueTask.CompletedTask;
        }

        public Task AdoptLatest() => Adopt(long.MaxValue).AsTask();
    }
}
