namespace Grid.Simulation.Worlds;

/// <summary>What goes wrong in a world, and how often.</summary>
internal sealed record Faults
{
    public static readonly Faults None = new();

    /// <summary>Calls that are lost, or their answers.</summary>
    public int LostPerMille { get; init; }

    /// <summary>Calls that are made twice.</summary>
    public int TwicePerMille { get; init; }

    /// <summary>Calls of a customer that find a new activation while the one before lives on.</summary>
    public int SecondPerMille { get; init; }

    /// <summary>Calls of a customer that reach the one before.</summary>
    public int StalePerMille { get; init; }

    /// <summary>Accesses to storage that fail.</summary>
    public int StoragePerMille { get; init; }

    /// <summary>Accesses to storage that take long.</summary>
    public int SlowPerMille { get; init; }

    /// <summary>Of ten thousand steps so many begin with a crash, a silo shut out, or a jump of the clocks.</summary>
    public int EventsPerTenThousand { get; init; }

    /// <summary>Some worlds are quiet in one respect, so that others come out clearly.</summary>
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
