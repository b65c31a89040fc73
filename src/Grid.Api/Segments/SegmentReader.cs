using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model.Schemes;

namespace Grid.Api.Segments;

/// <summary>Reads the counts of all segments at one position of the log, so that every scheme has the same population.</summary>
internal sealed class SegmentReader(ILedger ledger, IGrainFactory grains, GrainCalls calls, CurrentRules rules, GridClock clock)
{
    public async Task<GridCounts> Read(CancellationToken cancellation)
    {
        var rulebook = rules.Value.Rulebook;
        var counted = await calls.Call(
            (Reader: grains.LogReader(), Schemes: rulebook.Schemes.Select(scheme => scheme.Id).ToArray()),
            static call => call.Reader.Counts(call.Schemes));
        cancellation.ThrowIfCancellationRequested();
        return Of(rulebook, counted);
    }

    /// <param name="rulebook">The rulebook whose schemes are counted.</param>
    /// <param name="counted">One per scheme, in their order, all at one position.</param>
    public GridCounts Of(Rulebook rulebook, IReadOnlyList<SegmentSnapshot> counted) => new(
        rulebook.Number,
        counted.Count == 0 ? ledger.Head : LogPosition.Parse(counted[0].Position),
        clock.Now,
        [.. rulebook.Schemes.Zip(counted, (scheme, snapshot) => CountsOf(scheme, snapshot.Counts))]);

    /// <summary>Null when the rulebook has no such scheme.</summary>
    public async Task<(SchemeCounts Counts, SegmentSnapshot Snapshot)?> Read(string scheme, IReadOnlyList<FlowStretch> stretches)
    {
        if (rules.Value.Rulebook.Find(scheme) is not { } found) return null;
        var snapshot = await calls.Call(
            (Segment: grains.Segment(scheme), stretches), static call => call.Segment.SnapshotWithFlows(call.stretches));
        return (CountsOf(found, snapshot.Counts), snapshot);
    }

    private static SchemeCounts CountsOf(Scheme scheme, IReadOnlyDictionary<string, long> counts) =>
        new(scheme, [.. scheme.Layers.Select(layer => counts.GetValueOrDefault(layer))], counts.Values.Sum());
}
