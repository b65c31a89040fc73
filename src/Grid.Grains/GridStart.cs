using Grid.Grains.Populations;
using Grid.Grains.Rulebooks;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Schemes.Definitions;

namespace Grid.Grains;

/// <summary>
/// Brings this process up on an opened ledger, in the one order that is right: the rules in force first, so that customers answer, then
/// the index of all customers, then the baseline, then the files, if they are others than those of the last start. Whoever has not moved
/// to the rulebook in force is left to the sweep.
/// </summary>
public sealed class GridStart(
    ILedger ledger,
    IGrainFactory grains,
    CustomerIndex index,
    CurrentRules rules,
    RulesFollower follower,
    RulebookPublisher publisher,
    RulebookSweep sweep,
    GridClock clock)
{
    /// <returns>The faults of the scheme files; empty when the grid is up.</returns>
    public async Task<IReadOnlyList<Fault>> Run(IReadOnlyList<SchemeSource> files, CancellationToken cancellation)
    {
        await grains.Rulebook().Resume();
        await follower.AdoptLatest();
        var leaving = await Fill(cancellation);

        // What is there may also be what another process, started at the same time, has just begun to publish.
        var history = await grains.Rulebook().History();
        if (history.Count > 0)
        {
            await grains.Baseline().Resume(clock.Now);
            await follower.AdoptLatest();

            // The process that was erasing these has ended before it could.
            foreach (var customer in leaving) await grains.Customer(customer).Erase();
            if (index.CustomersByRulebook().Keys.Any(number => number != rules.Value.Rulebook.Number)) sweep.Begin();
        }

        // Files are published when they have changed since they were last published; what came through the API meanwhile stays otherwise.
        if (history.LastOrDefault(published => published.Origin == PublicationOrigin.Files) is { } last && last.Files.SequenceEqual(files)) return [];
        var reply = await publisher.Publish(new Publication(files, "files", null, PublicationOrigin.Files), cancellation);
        return reply.Faults;
    }

    /// <returns>Customers whose erasure has begun and not ended.</returns>
    private async Task<IReadOnlyList<CustomerId>> Fill(CancellationToken cancellation)
    {
        var leaving = new List<CustomerId>();
        if (!rules.IsPublished) await UseLatest();
        using (var scan = await ledger.Scan(cancellation))
        {
            await foreach (var row in scan.Rows.WithCancellation(cancellation))
            {
                if (CustomerCodec.HasLeft(row.State)) leaving.Add(row.Customer);
                else index.Add(row);
            }

            ledger.Observe(index, scan.Position);
        }

        index.EndFilling();
        return leaving;
    }

    /// <summary>A ledger of an earlier version does not say what was in force: its rows are of rulebooks up to the latest.</summary>
    private async Task UseLatest()
    {
        var history = await grains.Rulebook().History();
        if (history.Count > 0) index.Use(history[^1].Layout.Measures, history.Select(published => published.Layout));
    }
}
