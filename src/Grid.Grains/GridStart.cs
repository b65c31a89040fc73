using Grid.Grains.Rules;
using Grid.Model.Schemes.Definitions;

namespace Grid.Grains;

/// <summary>
/// Brings this silo up on an opened ledger. First it adopts the rules in force, so that customers answer; then it activates the log reader, which
/// fills the partitions in the background; then it publishes the scheme files, where they are to be published.
/// </summary>
public sealed class GridStart(
    IGrainFactory grains, CurrentRules rules, RulesSynchronizer synchronizer, RulebookPublisher publisher, GridClock clock)
{
    /// <param name="files">The scheme files of this start.</param>
    /// <param name="areNamed">
    /// Whether the operator has named the files: they are published when they differ from the files of the last start. The shipped files are
    /// published into an empty ledger only; another ledger's own rulebook stays in force.
    /// </param>
    /// <param name="cancellation">Ends the publication.</param>
    /// <returns>The faults of the scheme files; empty when the grid is up.</returns>
    public async Task<IReadOnlyList<Diagnostic>> Run(IReadOnlyList<SchemeSource> files, bool areNamed, CancellationToken cancellation)
    {
        await grains.LogReader().Touch();
        await synchronizer.AdoptLatest();
        await grains.Rules().Resume(clock.Now);
        await synchronizer.AdoptLatest();
        var history = await grains.Rules().History();
        if (!areNamed && history.Count > 0) return [];

        // A rulebook that came through the API stays in force as long as the files are those of the last start.
        if (history.LastOrDefault(published => published.Origin == PublicationOrigin.Files) is { } last && last.Files.SequenceEqual(files)) return [];
        var reply = await publisher.Publish(new Publication(files, "files", null, PublicationOrigin.Files), cancellation);
        return reply.Faults;
    }

    /// <summary>Whether the silo can take events.</summary>
    public bool IsReady => rules.IsPublished;
}
