using Grid.Model.Customers;
using Grid.Model.Facts;

namespace Grid.Simulation.Worlds;

/// <summary>A fact that was sent, and what its sender knows of it.</summary>
internal sealed class SentFact(Fact fact)
{
    public Fact Fact => fact;

    /// <summary>It was acknowledged: it counts, once. While this is false nobody knows.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>It was refused with a reason; it does not count.</summary>
    public bool IsRejected { get; set; }

    /// <summary>Times it was said to be new.</summary>
    public int Accepted { get; set; }
}

/// <summary>What the clients know of a customer: the facts of its present life.</summary>
internal sealed class CustomerMemory(CustomerId id)
{
    public CustomerId Id => id;

    public List<SentFact> Facts { get; } = [];

    /// <summary>Calls that clients are making for it.</summary>
    public int Calls { get; set; }

    /// <summary>It is being erased; nobody sends anything of it.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Its erasure was asked for and nobody knows whether it took place.</summary>
    public bool MayBeErased { get; set; }

    /// <summary>Orders it has placed in all its lives.</summary>
    public int Orders { get; set; }
}
