using Grid.Grains.Rules;
using Grid.Model.Schemes.Definitions;

namespace Grid.Grains;

/// <summary>
/// Brings this silo up on an opened ledger: the rules in force first, so that customers answer; then the log reader, which fills the
/// partitions in the background; then the files, if they are others than those of the last start.
/// </summary>
public sealed class GridStart(
    IGrainFactory grains, CurrentRules rules, RulesSynchronizer synchronizer, RulebookPublisher publisher, GridClock clock)
{
    /// <returns>The faults of the scheme files; empty when the grid is up.</returns>
    public async Task<IReadOnlyList<Diagnostic>> Run(IReadOnlyList<SchemeSource> files, CancellationToken cancellation)
    {
        await grains.LogReader().Touch();
        await synchronizer.AdoptLatest();
        await grains.Rules().Resume(clock.Now);
        await synchronizer.AdoptLatest();

        // Files are published when they have changed since they were last published; what came through the API meanwhile stays otherwise.
        var history = await grains.Rules().History();
        if (history.LastOrDefault(published => published.Origin == PublicationOrigin.Files) is { } last && last.Files.SequenceEqual(files)) return [];
        var reply = await publisher.Publish(new Publication(files, "files", null, PublicationOrigin.Files), cancellation);
        return reply.Faults;
    }

    /// <summary>Whether events can be taken.</summary>
    public bool IsReady => rules.IsPublished;
}
