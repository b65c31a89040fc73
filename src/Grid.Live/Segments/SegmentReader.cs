using Grid.Grains;
using Grid.Grains.Rulebooks;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model.Schemes;

namespace Grid.Live.Segments;

/// <summary>
/// Asks all segments at once. They take the log in side by side, so one may be a page ahead of another: what it is ahead is taken out
/// again, so that all counts are of one place in the log and every scheme has the same population.
/// </summary>
internal sealed class SegmentReader(ILedger ledger, IGrainFactory grains, CurrentRules rules, GridClock clock)
{
    public async Task<GridCounts> Read(CancellationToken cancellation)
    {
        var rulebook = rules.Value.Rulebook;
        var counted = await Task.WhenAll(rulebook.Schemes.Select(async scheme =>
            (Scheme: scheme, Tally: new SegmentTally(await grains.Segment(scheme.Id).Snapshot()))));
        var position = await Align([.. counted.Select(one => one.Tally)], cancellation);
        return new GridCounts(rulebook.Number, position, clock.Now, [.. counted.Select(one => CountsOf(one.Scheme, one.Tally.Counts))]);
    }

    /// <summary>Null when the rulebook has no such scheme.</summary>
    public async Task<(SchemeCounts Counts, SegmentSnapshot Snapshot)?> Read(string scheme, IReadOnlyList<FlowStretch> stretches)
    {
        if (rules.Value.Rulebook.Find(scheme) is not { } found) return null;
        var snapshot = await grains.Segment(scheme).SnapshotWithFlows(stretches);
        return (CountsOf(found, snapshot.Counts), snapshot);
    }

    private static SchemeCounts CountsOf(Scheme scheme, IReadOnlyDictionary<string, long> counts) =>
        new(scheme, [.. scheme.Layers.Select(layer => counts.GetValueOrDefault(layer))], counts.Values.Sum());

    private async ValueTask<LogPosition> Align(SegmentTally[] tallies, CancellationToken cancellation)
    {
        if (tallies.Length == 0) return ledger.Head;
        var (earliest, latest) = (tallies[0].Position, tallies[0].Position);
        foreach (var tally in tallies) (earliest, latest) = (earliest.Earlier(tally.Position), latest.Later(tally.Position));
        for (var at = earliest; !at.Covers(latest);)
        {
            var ahead = await ledger.Tail(at, GridLimits.LogPageMax, cancellation);
            if (ahead.Next.Equals(at)) break;
            foreach (var tally in tallies) tally.TakeOut(ahead);
            at = ahead.Next;
        }

        return earliest;
    }
}
