namespace Grid.Simulation.Worlds;

/// <summary>The faults of a world, and their frequencies.</summary>
internal sealed record Faults
{
    public static readonly Faults None = new();

    /// <summary>Calls that are lost, or their answers.</summary>
    public int LostPerMille { get; init; }

    /// <summary>Calls that are made twice.</summary>
    public int TwicePerMille { get; init; }

    /// <summary>Calls of a customer that reach a new activation while the earlier one is still active.</summary>
    public int SecondPerMille { get; init; }

    /// <summary>Calls of a customer that reach the earlier activation.</summary>
    public int StalePerMille { get; init; }

    /// <summary>Accesses to storage that fail.</summary>
    public int StoragePerMille { get; init; }

    /// <summary>Accesses to storage that take long.</summary>
    public int SlowPerMille { get; init; }

    /// <summary>Of ten thousand steps, those that begin with a crash, the isolation of a silo, or a jump of the clocks.</summary>
    public int EventsPerTenThousand { get; init; }

    /// <summary>Some worlds leave out a kind of fault, so that the others become visible.</summary>
    public static Faults Draw(Random random) => new()
    {
        LostPerMille = random.Next(3) == 0 ? 0 : random.Next(20),
        TwicePerMille = random.Next(3) == 0 ? 0 : random.Next(30),
        SecondPerMille = random.Next(3) == 0 ? 0 : random.Next(150),
        StalePerMille = random.Next(500),
        StoragePerMille = random.Next(3) == 0 ? 0 : random.Next(25),
        SlowPerMille = random.Next(3) == 0 ? 0 : random.Next(250),
        EventsPerTenThousand = random.Next(4) == 0 ? 0 : random.Next(30),
    };
}
