using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Simulation.Worlds;

/// <summary>A sent fact, with what its sender knows of its outcome.</summary>
internal sealed class SentFact(Fact fact)
{
    public Fact Fact => fact;

    /// <summary>Whether it was acknowledged and so counts once. While false, its outcome is unknown.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>Whether it was rejected with a reason, and so does not count.</summary>
    public bool IsRejected { get; set; }

    /// <summary>How often it was answered as accepted, and not as a duplicate.</summary>
    public int Accepted { get; set; }
}

/// <summary>The clients' knowledge of a customer: the facts of its present life.</summary>
internal sealed class CustomerMemory(CustomerId id)
{
    public CustomerId Id => id;

    public List<SentFact> Facts { get; } = [];

    /// <summary>The instants of all facts sent in all its lives.</summary>
    public HashSet<Instant> Instants { get; } = [];

    /// <summary>Calls of clients under way for the customer.</summary>
    public int Calls { get; set; }

    /// <summary>Whether an erasure is under way; clients then send nothing for the customer.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether an erasure was requested whose outcome is unknown.</summary>
    public bool MayBeErased { get; set; }

    /// <summary>Orders it has placed in all its lives.</summary>
    public int Orders { get; set; }
}
