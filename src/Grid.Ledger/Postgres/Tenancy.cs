namespace Grid.Ledger.Postgres;

/// <summary>Which others may have the database open at the same time.</summary>
public enum Tenancy
{
    /// <summary>Whoever likes; for tools and tests that look after themselves.</summary>
    Unguarded,

    /// <summary>No other server: this one takes itself for all there is.</summary>
    Sole,

    /// <summary>Servers of the same kind.</summary>
    Shared,
}
