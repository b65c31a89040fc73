using Grid.Grains;
using Grid.Grains.Customers;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Customers;

/// <summary>A reference to a customer equals the one that Orleans itself creates.</summary>
public sealed class CustomerReferenceTests
{
    [Fact]
    public async Task IsOfTheTypesThatOrleansGives()
    {
        await using var grid = await GridApplication.Start();
        var grains = grid.Of<IGrainFactory>();

        var ours = (GrainReference)grains.Customer(new CustomerId("c"));

        var theirs = (GrainReference)grains.GetGrain<ICustomerGrain>("c");
        (ours.GrainId, ours.InterfaceType).ShouldBe((theirs.GrainId, theirs.InterfaceType));
    }
}
