using Grid.Ledger;
using Grid.Model.Customers;

namespace Grid.Grains.Messages;

/// <summary>Serializes the parts of a failure that callers decide by. The inner exception stays in the log of the silo where it happened.</summary>
[GenerateSerializer, Immutable, Alias("grid.ledger-failure")]
internal struct LedgerFailure
{
    [Id(0)] public byte Kind;
    [Id(1)] public string Message;
    [Id(2)] public string? Customer;
}

[RegisterConverter]
internal sealed class LedgerExceptionConverter : IConverter<LedgerException, LedgerFailure>
{
    public LedgerException ConvertFromSurrogate(in LedgerFailure surrogate) => new((FailureKind)surrogate.Kind, surrogate.Message)
    {
        Customer = surrogate.Customer is { } customer ? new CustomerId(customer) : null,
    };

    public LedgerFailure ConvertToSurrogate(in LedgerException value) => new()
    {
        Kind = (byte)value.Kind,
        Message = value.Message,
        Customer = value.Customer?.Value,
    };
}
