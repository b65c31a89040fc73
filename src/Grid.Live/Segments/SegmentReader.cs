using Grid.Grains;
using Grid.Grains.Rulebooks;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model.Schemes;
using Orleans;

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
        var tallies = await Task.WhenAll(rulebook.Schemes.Select(Count));
        var position = await Align(tallies, cancellation);
        return new GridCounts(rulebook.Number, position, clock.Now, [.. tallies.Select(tally => tally.ToCounts())]);
    }

    /// <summary>Null when the rulebook has no such scheme.</summary>
    public async Task<(SchemeCounts Counts, SegmentSnapshot Snapshot)?> Read(string scheme, IReadOnlyList<FlowStretch> stretches)
    {
        if (rules.Value.Rulebook.Find(scheme) is not { } found) return null;
        var tally = new Tally(found, await grains.Segment(scheme).SnapshotWithFlows(stretches));
        return (tally.ToCounts(), tally.Snapshot);
    }

    private async Task<Tally> Count(Scheme scheme) => new(scheme, await grains.Segment(scheme.Id).Snapshot());

    private async ValueTask<LogPosition> Align(Tally[] tallies, CancellationToken cancellation)
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

    private sealed class Tally
    {
        private readonly Scheme _scheme;
        private readonly Dictionary<string, long> _counts;

        public Tally(Scheme scheme, SegmentSnapshot snapshot)
        {
            _scheme = scheme;
            _counts = new Dictionary<string, long>(snapshot.Counts);
            Snapshot = snapshot;
            Position = LogPosition.TryParse(snapshot.Position, out var position) ? position : throw new FormatException(snapshot.Position);
        }

        public SegmentSnapshot Snapshot { get; }

        public LogPosition Position { get; }

        public void TakeOut(LogPage ahead)
        {
            foreach (var item in ahead.Items)
            {
                var transition = item.Transition;
                if (item.Sequence > Position[item.Lane] || transition.Scheme != _scheme.Id) continue;
                if (transition.To is { } to) _counts[to] = _counts.GetValueOrDefault(to) - 1;
                if (transition.From is { } from) _counts[from] = _counts.GetValueOrDefault(from) + 1;
            }
        }

        public SchemeCounts ToCounts() =>
            new(_scheme, [.. _scheme.Layers.Select(layer => _counts.GetValueOrDefault(layer))], _counts.Values.Sum());
    }
}
