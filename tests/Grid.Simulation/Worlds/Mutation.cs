namespace Grid.Simulation.Worlds;

/// <summary>A deliberate bug in the world, which the auditor must find.</summary>
internal enum Mutation
{
    None,

    /// <summary>The feed skips some commits of a partition, but advances its position.</summary>
    DroppedHandover,

    /// <summary>A segment counts some stretches twice.</summary>
    StretchTakenTwice,

    /// <summary>The ledger overwrites the commits of another activation.</summary>
    NoVersionCheck,

    /// <summary>The ledger answers some commits without writing them.</summary>
    AnsweredBeforeCommitted,

    /// <summary>The ledger accepts commits under earlier rules during a publication.</summary>
    NoFence,

    /// <summary>Partitions do not wake customers who are due.</summary>
    NobodyWakes,

    /// <summary>Partitions do not move the customers whom a new baseline decides differently.</summary>
    NobodyMoves,
}
