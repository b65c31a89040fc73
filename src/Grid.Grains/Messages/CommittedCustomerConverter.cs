using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Grains.Messages;

/// <summary>Serializes a <see cref="CommittedCustomer"/> between silos.</summary>
[GenerateSerializer, Immutable, Alias("grid.committed-customer")]
internal struct CommittedCustomerFields
{
    [Id(0)] public string Customer;
    [Id(1)] public long Version;
    [Id(2)] public long DueAt;
    [Id(3)] public long[] Measures;
    [Id(4)] public int Rulebook;
    [Id(5)] public byte[] Layers;
}

[RegisterConverter]
internal sealed class CommittedCustomerConverter : IConverter<CommittedCustomer, CommittedCustomerFields>
{
    public CommittedCustomer ConvertFromSurrogate(in CommittedCustomerFields surrogate) => new(
        new CustomerId(surrogate.Customer),
        surrogate.Version,
        new Instant(surrogate.DueAt),
        surrogate.Measures,
        new LayerAssignments(surrogate.Rulebook, surrogate.Layers));

    public CommittedCustomerFields ConvertToSurrogate(in CommittedCustomer value) => new()
    {
        Customer = value.Customer.Value,
        Version = value.Version,
        DueAt = value.DueAt.Milliseconds,
        Measures = value.Measures,
        Rulebook = value.Standing.Rulebook,
        Layers = value.Standing.Layers,
    };
}
