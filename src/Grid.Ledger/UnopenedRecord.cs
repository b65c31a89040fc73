namespace Grid.Ledger;

/// <summary>A named record of a ledger that is not open.</summary>
/// <param name="Payload">Null when the ledger has no such record.</param>
/// <param name="IsUsed">Whether the ledger has customers.</param>
public sealed record UnopenedRecord(byte[]? Payload, bool IsUsed);
