using Grid.Grains;
using Grid.Grains.Clocks;
using Grid.Grains.Populations;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Populations;

public sealed class VisitedPopulationTests
{
    private static readonly DateTimeOffset Bought = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task IsSeenOnceAndAsOfOnePosition()
    {
        await using var grid = await GridApplication.Start();
        var wanted = Enumerable.Range(0, 3 * GridLimits.PassBatchRowsMax + 7).Select(number => $"c{number}").ToList();
        foreach (var customer in wanted) await grid.Browse(customer);
        await grid.Reached();
        var head = grid.Ledger.Head;
        var told = new Told();

        var pass = await grid.Of<PopulationScan>().Run(_ => new Names(), told, CancellationToken.None);
        await grid.Browse("later");

        pass.Visitors.SelectMany(visitor => visitor.Seen).ShouldBe(wanted, ignoreOrder: true);
        pass.Customers.ShouldBe(wanted.Count);
        pass.Start.Position.ShouldBe(head);
        told.Reports.Select(report => report.Done).ShouldBe([256, 512, 768, 775]);
        told.Reports.ShouldAllBe(report => report.Total == wanted.Count);
    }

    [Fact]
    public async Task IsBroughtUpToTheInstantOfThePass()
    {
        var clock = new SimulatedClock(Bought);
        await using var grid = await GridApplication.Start(time: clock);
        await grid.Order("c1");
        await grid.Order("c2");
        clock.Advance(TimeSpan.FromDays(90));
        await grid.Order("c2");

        var pass = await grid.Of<PopulationScan>().Run(start => new Lifecycles(start), null, CancellationToken.None);

        var layers = pass.Visitors.SelectMany(visitor => visitor.Layers).ToDictionary();
        layers["c1"].ShouldBe(("new", "lost"));
        layers["c2"].ShouldBe(("loyal", "loyal"));
    }

    [Fact]
    public async Task ThatFailsToBeLookedAtSaysWhyAndLetsOthersIn()
    {
        await using var grid = await GridApplication.Start();
        for (var customer = 0; customer < 10 * GridLimits.PassBatchRowsMax; customer++) await grid.Browse($"c{customer}");
        var population = grid.Of<PopulationScan>();

        for (var time = 0; time < 2 * GridLimits.PassesMax; time++)
        {
            var pass = population.Run(_ => new Fails(), null, CancellationToken.None).WaitAsync(GridApplication.Patience);
            (await Should.ThrowAsync<InvalidDataException>(pass)).Message.ShouldBe("c5");
        }

        (await population.TryRun(_ => new Names(), null, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task IsNotReadByMoreThanThereAreSnapshotsFor()
    {
        await using var grid = await GridApplication.Start();
        await grid.Browse("c1");
        var population = grid.Of<PopulationScan>();
        var open = new List<PopulationRows>();
        for (var place = 0; place < GridLimits.PassesMax; place++) open.Add(await population.Open(CancellationToken.None));
        using var impatience = new CancellationTokenSource();

        var waiting = Enumerable.Range(0, GridLimits.PassesWaitingMax)
            .Select(_ => population.TryRun(_ => new Names(), null, impatience.Token)).ToList();
        var refused = await population.TryRun(_ => new Names(), null, CancellationToken.None);
        var first = waiting[0];
        var isWaiting = !first.IsCompleted;
        await impatience.CancelAsync();
        foreach (var pass in waiting) await pass.ShouldThrowAsync<OperationCanceledException>();
        foreach (var rows in open) rows.Dispose();

        refused.ShouldBeNull();
        isWaiting.ShouldBeTrue();
        (await population.TryRun(_ => new Names(), null, CancellationToken.None))!.Customers.ShouldBe(1);
    }

    private sealed class Names : IPopulationVisitor
    {
        public List<string> Seen { get; } = [];

        public void Visit(CustomerRow row, Customer customer) => Seen.Add(row.Customer.Value);
    }

    private sealed class Fails : IPopulationVisitor
    {
        public void Visit(CustomerRow row, Customer customer)
        {
            if (row.Customer.Value == "c5") throw new InvalidDataException("c5");
        }
    }

    /// <summary>The layer in the row, and the layer at the instant of the scan.</summary>
    private sealed class Lifecycles(ScanContext start) : IPopulationVisitor
    {
        private readonly int _lifecycle = start.Rules.Rulebook.Schemes.ToList().FindIndex(scheme => scheme.Id == "lifecycle");

        public Dictionary<string, (string Stored, string AsOf)> Layers { get; } = [];

        public void Visit(CustomerRow row, Customer customer)
        {
            var stored = LayerOf(customer);
            start.BringUp(row, customer);
            Layers.Add(row.Customer.Value, (stored, LayerOf(customer)));
        }

        private string LayerOf(Customer customer) => start.Rules.Rulebook.Schemes[_lifecycle].Layers[customer.Layers[_lifecycle].Layer];
    }

    private sealed class Told : IProgress<ScanStep>
    {
        public List<ScanStep> Reports { get; } = [];

        public void Report(ScanStep value) => Reports.Add(value);
    }
}
