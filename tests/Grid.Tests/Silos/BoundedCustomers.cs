using Grid.Grains;
using Grid.Grains.Customers;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Answers;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Silos;

/// <summary>Ten times more customers than may be in memory.</summary>
public sealed class BoundedCustomers
{
    private const int ResidentsMax = 300;
    private const int Customers = 10 * ResidentsMax;
    private const int CallsAtATime = 16;

    [Fact]
    public async Task AreAllAnsweredAndLeaveRoomForEachOther()
    {
        await using var grid = await GridApplication.Start(configure: options => options.ResidentCustomersMax = ResidentsMax);
        var (most, next) = (0, 0);
        var calling = Enumerable.Range(0, CallsAtATime).Select(_ => Task.Run(async () =>
        {
            for (var n = Interlocked.Increment(ref next); n <= Customers; n = Interlocked.Increment(ref next)) await grid.Order($"c{n}");
        })).ToList();

        while (!calling.TrueForAll(caller => caller.IsCompleted)) most = Math.Max(most, await Residents(grid));
        await Task.WhenAll(calling);

        most.ShouldBeLessThanOrEqualTo(ResidentsMax * 11 / 10);
        var views = new List<string?>();
        for (var n = 1; n <= Customers; n++)
        {
            var id = new CustomerId($"c{n}");
            var read = await grid.Of<IGrainFactory>().Customer(id).Read();
            var view = EvaluatedCustomer.From(id, read.ShouldNotBeNull().State.ToArray(), grid.Now, grid.Of<CurrentRules>().Value).View(Currency.Cny);
            views.Add(view.Layers.Single(layer => layer.Scheme == "lifecycle").Layer);
        }

        views.ShouldAllBe(layer => layer == "new");
        (await Residents(grid)).ShouldBeInRange(ResidentsMax / 2, ResidentsMax * 11 / 10);
    }

    private static async Task<int> Residents(GridApplication grid)
    {
        var counts = await grid.Of<IGrainFactory>().GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return counts.Where(count => count.GrainType.Contains(nameof(CustomerGrain))).Sum(count => count.ActivationCount);
    }
}
