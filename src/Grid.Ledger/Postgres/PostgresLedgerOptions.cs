namespace Grid.Ledger.Postgres;

/// <param name="ConnectionString">In the syntax of Npgsql; the tables are created in the first schema of its search path.</param>
public sealed record PostgresLedgerOptions(string ConnectionString)
{
    /// <summary>Concurrent writers in each process, 1 to 4. Fixed for a database when its tables are created.</summary>
    public int Lanes { get; init; } = 2;

    /// <summary>
    /// Whether processes notify each other by LISTEN and NOTIFY. Without it, for instance behind a pool that lends connections by the transaction, a
    /// process finds the commits of others at its next poll.
    /// </summary>
    public bool Notify { get; init; } = true;

    /// <summary>Reads only: nothing in the database changes, so it must have the newest schema already, and no member that writes may be called.</summary>
    public bool ReadOnly { get; init; }

    public LedgerLimits Limits { get; init; } = new();

    /// <summary>Real time, also under a simulated clock: it only paces retries and polls and never reaches the data.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
