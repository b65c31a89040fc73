using Grid.Ledger;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Api.Segments;

/// <summary>The live counts of every scheme of the rulebook.</summary>
/// <param name="Position">The counts hold exactly here; where they could not be brought to one place, the earliest of theirs.</param>
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
/// <param name="Population">All customers; while they move to another rulebook, some are in layers that this one no longer has.</param>
internal sealed record SchemeCounts(Scheme Scheme, long[] Counts, long Population);
