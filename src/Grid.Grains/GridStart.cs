using Grid.Grains.Rules;
using Grid.Model.Schemes.Definitions;

namespace Grid.Grains;

/// <summary>
/// Brings this silo up on an opened ledger. First it adopts the rules in force, so that customers answer; then it activates the log reader, which
/// fills the partitions in the background; then it publishes the scheme files, if they differ from those of the last start.
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

        // The files are published only when they have changed since they were last published; else rulebooks that came through the API stay in force.
        var history = await grains.Rules().History();
        if (history.LastOrDefault(published => published.Origin == PublicationOrigin.Files) is { } last && last.Files.SequenceEqual(files)) return [];
        var reply = await publisher.Publish(new Publication(files, "files", null, PublicationOrigin.Files), cancellation);
        return reply.Faults;
    }

    /// <summary>Whether the silo can take events.</summary>
    public bool IsReady => rules.IsPublished;
}
