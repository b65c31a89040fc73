using Grid.Grains;
using Grid.Grains.Customers;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Rulebooks.Explaining;
using Shouldly;
using Xunit;

namespace Grid.Tests.Silos;

/// <summary>A silo with ten times more customers than its bound on customers in memory.</summary>
public sealed class BoundedCustomersTests
{
    private const int ResidentsMax = 1_000;
    private const int Customers = 10 * ResidentsMax;
    private const int CallsAtATime = 16;

    /// <summary>Each call under way, of the test or of a partition, may add one customer being activated and one being deactivated.</summary>
    private const int Most = ResidentsMax * 11 / 10;

    [Fact]
    public async Task AreAllAnsweredAndLeaveRoomForEachOther()
    {
        await using var grid = await GridApplication.Start(configure: options => options.ResidentCustomersMax = ResidentsMax);

        var most = await MostResidentsWhile(grid, customer => grid.Browse(customer));
        most.ShouldBeLessThanOrEqualTo(Most);
        (await Residents(grid)).ShouldBeInRange(ResidentsMax * 9 / 10, Most);

        most = await MostResidentsWhile(grid, async customer =>
        {
            var id = new CustomerId(customer);
            var read = await grid.Of<IGrainFactory>().Customer(id).Read();
            var view = EvaluatedCustomer.From(id, read.ShouldNotBeNull().State.ToArray(), grid.Now, grid.Of<CurrentRules>().Value).View(Currency.Cny);
            view.Layers.Single(layer => layer.Scheme == "lifecycle").Layer.ShouldBe("potential");
        });
        most.ShouldBeLessThanOrEqualTo(Most);
    }

    private static async Task<int> MostResidentsWhile(GridApplication grid, Func<string, Task> call)
    {
        var (most, next) = (0, 0);
        var calling = Enumerable.Range(0, CallsAtATime).Select(_ => Task.Run(async () =>
        {
            for (var n = Interlocked.Increment(ref next); n <= Customers; n = Interlocked.Increment(ref next)) await call($"c{n}");
        })).ToList();
        while (!calling.TrueForAll(caller => caller.IsCompleted)) most = Math.Max(most, await Residents(grid));
        await Task.WhenAll(calling);
        return most;
    }

    private static async Task<int> Residents(GridApplication grid)
    {
        var counts = await grid.Of<IGrainFactory>().GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return counts.Where(count => count.GrainType.Contains(nameof(CustomerGrain))).Sum(count => count.ActivationCount);
    }
}
