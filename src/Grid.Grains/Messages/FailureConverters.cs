using Grid.Ledger;

namespace Grid.Grains.Messages;

/// <summary>What a caller decides by. The inner exception stays in the log of the silo where it happened.</summary>
[GenerateSerializer, Immutable, Alias("grid.ledger-failure")]
internal struct LedgerFailure
{
    [Id(0)] public byte Kind;
    [Id(1)] public string Message;
}

[RegisterConverter]
internal sealed class LedgerExceptionConverter : IConverter<LedgerException, LedgerFailure>
{
    public LedgerException ConvertFromSurrogate(in LedgerFailure surrogate) => new((FailureKind)surrogate.Kind, surrogate.Message);

    public LedgerFailure ConvertToSurrogate(in LedgerException value) => new() { Kind = (byte)value.Kind, Message = value.Message };
}
