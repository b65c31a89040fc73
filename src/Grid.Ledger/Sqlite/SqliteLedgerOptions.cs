namespace Grid.Ledger.Sqlite;

/// <param name="Path">The file; created when it does not exist. Its write-ahead log and a lock file lie beside it.</param>
public sealed record SqliteLedgerOptions(string Path)
{
    public LedgerLimits Limits { get; init; } = new();

    /// <summary>Real time also under a simulated clock: it paces the writing and never reaches the data.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
