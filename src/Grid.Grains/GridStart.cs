using Grid.Grains.Calendars;
using Grid.Grains.Rulebooks;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Schemes.Definitions;
using Orleans;

namespace Grid.Grains;

/// <summary>
/// Brings the grid up on an opened ledger, in the one order that is right: rules first, then the index of all customers, then the
/// baseline, then whoever has not moved to the rulebook in force.
/// </summary>
public sealed class GridStart(ILedger ledger, IGrainFactory grains, CustomerIndex index, Calendar calendar, CurrentRules rules, GridClock clock)
{
    /// <returns>The faults of the scheme files; empty when the grid is up.</returns>
    public async Task<IReadOnlyList<Fault>> Run(IReadOnlyList<SchemeSource> files, CancellationToken cancellation)
    {
        var reply = await grains.Rulebook().Publish(files, clock.Now);
        if (reply.Faults.Count > 0) return reply.Faults;

        ledger.Observe(index);
        var behind = await Fill(cancellation);
        await grains.Baseline().Resume();
        await calendar.Advance(behind, cancellation);
        return [];
    }

    /// <summary>Reads every row once. Rows under an older rulebook have no measures of this one; their customers are handed back.</summary>
    private async Task<List<CustomerId>> Fill(CancellationToken cancellation)
    {
        var behind = new List<CustomerId>();
        using var scan = await ledger.Scan(cancellation);
        await foreach (var row in scan.Rows.WithCancellation(cancellation))
        {
            index.Add(row);
            if (CustomerCodec.RulebookOf(row.State) != rules.Value.Rulebook.Number) behind.Add(row.Customer);
        }

        return behind;
    }
}
