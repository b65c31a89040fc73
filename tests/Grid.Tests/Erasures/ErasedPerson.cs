using System.Net;
using System.Text;
using System.Text.Json;
using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Transitions;
using Grid.Tests.Api;
using Shouldly;
using Xunit;

namespace Grid.Tests.Erasures;

/// <summary>A whole grid erases a person from counts, rows, log, index and memory, on each ledger.</summary>
public abstract class ErasedPerson : IAsyncDisposable
{
    private const string Name = "ada.lovelace";
    private readonly KeptLedger _kept;

    private protected ErasedPerson(KeptLedger kept) => _kept = kept;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _kept.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public Task IsNowhereAnyMoreAndCountsStayRight() => _kept.Run(async grid =>
    {
        await grid.Order(Name);
        await grid.Order(Name);
        await grid.Order("bob");
        await grid.Counted();

        (await Erase(grid, Name)).ShouldBe(HttpStatusCode.NoContent);

        (await Erase(grid, Name)).ShouldBe(HttpStatusCode.NotFound);
        (await grid.Http.GetAsync($"/v1/customers/{Name}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await grid.Ledger.Load(new CustomerId(Name), Cancellation)).ShouldBeNull();
        (await grid.Reached()).ByRulebook.ShouldBe(new Dictionary<int, int> { [1] = 1 });
        var log = await grid.Log();
        log.ShouldAllBe(item => item.Transition.Customer.Value != Name);
        log.Count(item => item.Transition.Direction == Direction.Exit && item.Transition.Cause.Kind == CauseKind.Erasure)
            .ShouldBe(log.Count(item => item.Transition.Direction == Direction.Entry) / 2);
        await IsRight(grid, 1);
    });

    [Fact]
    public Task ThatNobodyKnowsIsNotFound() => _kept.Run(async grid =>
    {
        (await Erase(grid, "nobody")).ShouldBe(HttpStatusCode.NotFound);
        await IsRight(grid, 0);
    });

    [Fact]
    public Task BeginsAnewWhenItComesAgain() => _kept.Run(async grid =>
    {
        for (var orders = 0; orders < 5; orders++) await grid.Order(Name);
        await Erase(grid, Name);

        // The same message and order as before the erasure: the grid must remember neither.
        await grid.Record(Name, new OrderPaid(grid.Now, MessageKey.From("order 1"), "order 1", 10_00));

        var view = JsonDocument.Parse(await grid.Http.GetStringAsync($"/v1/customers/{Name}/explain?scheme=journey", Cancellation)).RootElement;
        view.Text("layer").ShouldBe("first");
        (await grid.Ledger.Load(new CustomerId(Name), Cancellation)).ShouldNotBeNull().Version.ShouldBe(1);
        await IsRight(grid, 1);
    });

    [Fact]
    public async Task StaysForgottenAfterARestart()
    {
        await _kept.Run(async grid =>
        {
            await grid.Order(Name);
            await grid.Order("bob");
            await Erase(grid, Name);
        });
        await _kept.Run(async grid =>
        {
            (await grid.Http.GetAsync($"/v1/customers/{Name}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            await IsRight(grid, 1);
        });
    }

    [Fact]
    public async Task WhoseErasureWasCutOffIsForgottenAtTheNextStart()
    {
        await _kept.Run(async grid =>
        {
            await grid.Order(Name);
            await grid.Order("bob");
            var row = (await grid.Ledger.Load(new CustomerId(Name), Cancellation)).ShouldNotBeNull();
            var rules = grid.Of<Grid.Grains.Rules.CurrentRules>().Value;
            (await grid.Ledger.Commit(CustomerDecider.Leave(row.Customer, row.State, grid.Now, rules))).ShouldBeOfType<Committed>();
            await IsRight(grid, 1);
        });
        await _kept.Run(async grid =>
        {
            await grid.Forgotten(Name);
            await IsRight(grid, 1);
        });
    }

    [Fact]
    public Task WhileEventsOfItComeIsThereOnceOrNotAtAll() => _kept.Run(async grid =>
    {
        using var enough = new CancellationTokenSource();
        var sending = Task.WhenAll(Enumerable.Range(0, 4).Select(async sender =>
        {
            for (var number = 0; number < 9 || !enough.IsCancellationRequested; number++)
                await grid.Order(sender == 0 ? $"other {number % 9}" : Name);
        }));
        await EraseAmongEvents(grid, times: 5).WaitAsync(GridApplication.Patience);
        await enough.CancelAsync();
        await sending;

        await IsRight(grid, (await grid.Reached()).Customers);
        await Erase(grid, Name);
        await IsRight(grid, 9);
        var population = await grid.Reached();
        (population.Customers, population.ByRulebook.Values.Sum()).ShouldBe((9, 9));
    });

    [Fact]
    public Task TakesItsRejectsAlong() => _kept.Run(async grid =>
    {
        await grid.Order(Name);
        var call = $$"""{ "userId": "{{Name}}", "messageId": "m", "event": "Order Completed", "properties": { "order_id": "x", "total": -1 } }""";
        await grid.Http.PostAsync("/v1/track", new StringContent(call, Encoding.UTF8, "application/json"), Cancellation);
        (await grid.Ledger.Rejects(0, 10, Cancellation)).ShouldHaveSingleItem();
        await Erase(grid, Name);
        (await grid.Ledger.Rejects(0, 10, Cancellation)).ShouldBeEmpty();
    });

    private static async Task<HttpStatusCode> Erase(GridApplication grid, string customer) =>
        (await grid.Http.DeleteAsync($"/v1/customers/{customer}", Cancellation)).StatusCode;

    private static async Task EraseAmongEvents(GridApplication grid, int times)
    {
        while (times > 0)
            if (await Erase(grid, Name) == HttpStatusCode.NoContent)
                times--;
    }

    /// <summary>Checks that the audit finds no difference, and that every scheme has the given number of customers.</summary>
    private static async Task IsRight(GridApplication grid, long customers)
    {
        await grid.Counted();
        var report = await grid.Of<Auditor>().Audit(Cancellation);
        (report.Difference, report.WrongLayers).ShouldBe((0, 0), string.Join(", ", report.Examples));
        var counts = GridApplication.Fold(await grid.Log());
        foreach (var scheme in counts.GroupBy(one => one.Key.Scheme)) scheme.Sum(one => one.Value).ShouldBe(customers, scheme.Key);
        var snapshot = await grid.Of<IGrainFactory>().Segment("journey").Snapshot();
        snapshot.Counts.Values.Sum().ShouldBe(customers);
    }
}
