using Grid.Ledger;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Api.Segments;

/// <summary>The live counts of every scheme of the rulebook.</summary>
/// <param name="Position">The position of all counts; where they could not be read at one position, the earliest of theirs.</param>
internal sealed record GridCounts(int Rulebook, LogPosition Position, Instant AsOf, IReadOnlyList<SchemeCounts> Schemes)
{
    public long Population => Schemes.Count == 0 ? 0 : Schemes[0].Population;

    public SchemeCounts? Find(string scheme)
    {
        foreach (var counts in Schemes)
            if (counts.Scheme.Id == scheme)
                return counts;
        return null;
    }
}

/// <param name="Counts">Customers per layer, in the order of the scheme's layers.</param>
/// <param name="Population">All customers; during a migration to another rulebook, some are in layers that this one does not have.</param>
internal sealed record SchemeCounts(Scheme Scheme, long[] Counts, long Population);
