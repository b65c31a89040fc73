using Grid.Grains;
using Grid.Grains.Partitions;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Transitions;
using Shouldly;
using Xunit;

namespace Grid.Tests.Baselines;

/// <summary>
/// A baseline is published over a population of which a third is in memory. Exactly the customers move whose layer the new cut-offs change, and only
/// those are woken for whom a rule reads something that the new cut-offs change.
/// </summary>
public sealed class MovedCustomersTests
{
    private const int Customers = 300;
    private readonly Random _random = new(7);

    [Theory]
    [InlineData("rank", 'm')]
    [InlineData("qcut", 'm')]
    [InlineData("ntile", 'f')]
    [InlineData("ntile", 'm')]
    [InlineData("rfm-r", 'm')]
    public async Task AreThoseWhoseScoreChanges(string mode, char dimension)
    {
        await using var server = await BaselineServer.Open(BaselineServer.ScoresBy("scores", mode, dimension));
        var (before, after) = await Republish(server, mode, [dimension]);
        var (now, bought) = (server.Now.Milliseconds, Bought(server));
        var values = BatchCuts.Values(dimension, server.Sales, now);

        string LayerOf(BatchCuts[] cuts, string customer) => $"s{cuts[0].Score(values[customer], customer)}";
        var expected = values.Keys.Where(customer => LayerOf(before, customer) != LayerOf(after, customer)).Order().ToList();
        var moved = await Moved(server, 2);
        moved.Select(transition => transition.Customer.Value).Order().ShouldBe(expected);
        foreach (var transition in moved)
            (transition.From, transition.To).ShouldBe((LayerOf(before, transition.Customer.Value), LayerOf(after, transition.Customer.Value)));
        server.Of<LocalPartitions>().Woken.ShouldBe(expected.Count, "nobody else is woken");
        expected.Count.ShouldBeInRange(1, Customers / 2);
        expected.ShouldContain(customer => bought.Contains(customer) || IsResident(customer), "a resident one moved");
        expected.ShouldContain(customer => !bought.Contains(customer) && !IsResident(customer), "one moved that was not resident");
    }

    [Fact]
    public async Task AreWokenOnlyWhenTheirClassMayChange()
    {
        await using var server = await BaselineServer.Open(BaselineServer.ClassesBy("classes", "rank", "continuous"));
        var (before, after) = await Republish(server, "rank", ['r', 'f', 'm']);
        var values = "rfm".Select(dimension => BatchCuts.Values(dimension, server.Sales, server.Now.Milliseconds)).ToList();

        bool IsHigh(BatchCuts[] cuts, int dimension, string customer) => cuts[dimension].IsHigh(values[dimension][customer], customer);
        bool Differs(string customer) => Enumerable.Range(0, 3).Any(index => IsHigh(before, index, customer) != IsHigh(after, index, customer));
        bool Scores(string customer) => Enumerable.Range(0, 3).Any(index =>
            before[index].Score(values[index][customer], customer) != after[index].Score(values[index][customer], customer));
        var expected = values[0].Keys.Where(Differs).Order().ToList();
        (await Moved(server, 2)).Select(transition => transition.Customer.Value).Order().ShouldBe(expected);
        server.Of<LocalPartitions>().Woken.ShouldBe(expected.Count, "nobody else is woken, and nobody twice");
        expected.ShouldNotBeEmpty();
        values[0].Keys.Except(expected).Count(Scores).ShouldBeGreaterThan(0, "scores of others changed too, but nobody reads them");
    }

    /// <summary>
    /// All customers buy, cut-offs are published, the grid restarts, a third of the customers is read, some buy again, cut-offs are published.
    /// </summary>
    private async Task<(BatchCuts[] Before, BatchCuts[] After)> Republish(BaselineServer server, string mode, char[] dimensions)
    {
        for (var customer = 0; customer < Customers; customer++)
        {
            await server.Pass(TimeSpan.FromMinutes(_random.Next(3)));
            for (var order = _random.Next(1, 4); order > 0; order--) await server.Buy(Name(customer), _random.Next(1, 100) * 10);
        }

        await server.Publish();
        BatchCuts[] Cuts() => [.. dimensions.Select(dimension => new BatchCuts(mode, dimension, server.Sales, server.Now.Milliseconds))];
        var before = Cuts();
        await server.Restart();
        for (var customer = 0; customer < Customers; customer++)
            if (IsResident(Name(customer)))
                await server.Of<IGrainFactory>().Customer(new CustomerId(Name(customer))).Read();
        await server.Pass(TimeSpan.FromHours(1));
        foreach (var customer in new[] { 3, 14, 15, 92, 65, 35, 89, 79, 32, 38, 46, 26 }) await server.Buy(Name(customer), 2_000);
        server.Of<LocalPartitions>().Woken.ShouldBe(0);
        (await server.Publish()).ShouldBe(2);
        return (before, Cuts());
    }

    private static async Task<List<Transition>> Moved(BaselineServer server, int number)
    {
        var log = await server.Of<ILedger>().Tail(LogPosition.Start, 100_000, TestContext.Current.CancellationToken);
        return [.. log.Items.Select(item => item.Transition).Where(transition => transition.Cause == new Cause(CauseKind.Baseline, number))];
    }

    private static HashSet<string> Bought(BaselineServer server) => [.. server.Sales.TakeLast(12).Select(sale => sale.Customer)];

    private static string Name(int customer) => $"c{customer:000}";

    private static bool IsResident(string customer) => customer[^1] is '0' or '1' or '2';
}
