namespace Grid.Ledger.Postgres;

/// <param name="ConnectionString">As Npgsql reads it; the tables are made in the first schema of its search path.</param>
public sealed record PostgresLedgerOptions(string ConnectionString)
{
    /// <summary>Writers that work side by side in each process, 1 to 4. Fixed for a database when its tables are made.</summary>
    public int Lanes { get; init; } = 2;

    /// <summary>
    /// Whether processes nudge each other by LISTEN and NOTIFY. Without it, as behind a pool that lends connections by the transaction,
    /// the others' commits are seen at the next poll.
    /// </summary>
    public bool Notify { get; init; } = true;

    public LedgerLimits Limits { get; init; } = new();

    /// <summary>Real time also under a simulated clock: it paces attempts and polls and never reaches the data.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
