using Grid.Model.Customers;

namespace Grid.Grains.Customers;

/// <summary>The bound on the customers in this silo's memory.</summary>
public interface ICustomerMemory
{
    /// <summary>Returns when one more customer may be loaded; at the bound, after the customer that was idle longest has been deactivated.</summary>
    ValueTask MakeRoom(CancellationToken cancellation);

    /// <summary>Whether the customer is in this silo's memory now.</summary>
    bool Holds(CustomerId customer);
}

/// <summary>No bound.</summary>
public sealed class UnboundedCustomerMemory : ICustomerMemory
{
    public ValueTask MakeRoom(CancellationToken cancellation) => ValueTask.CompletedTask;

    public bool Holds(CustomerId customer) => false;
}
