namespace Grid.Simulation.Worlds;

/// <summary>A bug put into the world, which the auditor must notice.</summary>
internal enum Mutation
{
    None,

    /// <summary>Some commits are not handed to their partition, though it is said that they were.</summary>
    DroppedHandover,

    /// <summary>A segment counts some stretches twice.</summary>
    StretchTakenTwice,

    /// <summary>The ledger writes over what another activation has written.</summary>
    NoVersionCheck,

    /// <summary>Some commits are answered and not written.</summary>
    AnsweredBeforeCommitted,

    /// <summary>Commits by earlier rules are accepted during a publication.</summary>
    NoFence,

    /// <summary>Nobody wakes customers who are due.</summary>
    NobodyWakes,

    /// <summary>Nobody moves the customers whom a new baseline decides differently.</summary>
    NobodyMoves,
}
