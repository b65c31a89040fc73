using Grid.Grains.Populations;
using Grid.Grains.Rulebooks;
using Grid.Ledger;
using Grid.Model.Schemes.Definitions;
using Orleans;

namespace Grid.Grains;

/// <summary>
/// Brings the grid up on an opened ledger, in the one order that is right: the rulebook in force first, then the index of all customers,
/// then the baseline, then the files, if they are others than those of the last start. Whoever has not moved to the rulebook in force is
/// left to the sweep.
/// </summary>
public sealed class GridStart(
    ILedger ledger, IGrainFactory grains, CustomerIndex index, CurrentRules rules, RulebookPublisher publisher, RulebookSweep sweep, GridClock clock)
{
    /// <returns>The faults of the scheme files; empty when the grid is up.</returns>
    public async Task<IReadOnlyList<Fault>> Run(IReadOnlyList<SchemeSource> files, CancellationToken cancellation)
    {
        var isKnown = await grains.Rulebook().Resume();
        ledger.Observe(index);
        await Fill(cancellation);
        if (isKnown) await ResumeBaseline(cancellation);

        // Files are published when they have changed since they were last published; what came through the API meanwhile stays otherwise.
        var history = await grains.Rulebook().History();
        if (history.LastOrDefault(published => published.Origin == PublicationOrigin.Files) is { } last && last.Files.SequenceEqual(files)) return [];
        var reply = await publisher.Publish(new Publication(files, "files", null, PublicationOrigin.Files), cancellation);
        return reply.Faults;
    }

    private async Task ResumeBaseline(CancellationToken cancellation)
    {
        // Rows under an earlier rulebook do not project the measures that are new since; those are read once more.
        var (rulebook, layouts) = (rules.Value.Rulebook, rules.Value.Layouts);
        var behind = index.CustomersByRulebook().Keys.Where(number => number != rulebook.Number).ToList();
        var unread = rulebook.Measures.Where(measure => behind.Exists(number => !layouts[number].Measures.Contains(measure.Id)));
        await publisher.Read([.. unread], cancellation);

        await grains.Baseline().Resume();
        var cuts = rules.Value.Baseline.Cuts.Select(cut => cut.Measure).ToHashSet();
        if (rulebook.Measures.Any(measure => !cuts.Contains(measure.Id))) await grains.Baseline().Publish(clock.Now);
        if (behind.Count > 0) sweep.Begin();
    }

    private async Task Fill(CancellationToken cancellation)
    {
        using var scan = await ledger.Scan(cancellation);
        await foreach (var row in scan.Rows.WithCancellation(cancellation)) index.Add(row);
    }
}
