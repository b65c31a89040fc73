using Grid.Grains.Populations;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model.Time;

namespace Grid.Grains.Audits;

/// <summary>The findings of an audit. Every number is 0 and every list empty when rows and counts agree.</summary>
/// <param name="Position">The place in the log at which rows and counts were compared.</param>
/// <param name="AsOf">The instant the layers were evaluated at.</param>
/// <param name="Difference">Σ |counted − recounted| over all layers.</param>
/// <param name="WrongLayers">Customers whose layer, brought up to <paramref name="AsOf"/>, is not what a fresh evaluation gives.</param>
/// <param name="Examples">Some of those in a wrong layer.</param>
/// <param name="Damaged">Customers whose stored row is damaged; the recount leaves them out, so that the counts differ by them.</param>
/// <param name="DamagedExamples">Some customers with a damaged row.</param>
/// <param name="Pending">Customers with a deadline by <paramref name="AsOf"/> who had not been woken yet.</param>
[GenerateSerializer, Immutable, Alias("grid.audit-report")]
public sealed record AuditReport(
    [property: Id(0)] string Position,
    [property: Id(1)] Instant AsOf,
    [property: Id(2)] long Customers,
    [property: Id(3)] long Difference,
    [property: Id(4)] long WrongLayers,
    [property: Id(5)] long Pending,
    [property: Id(6)] IReadOnlyList<SchemeAudit> Schemes,
    [property: Id(7)] IReadOnlyList<string> Examples,
    [property: Id(8)] long Damaged,
    [property: Id(9)] IReadOnlyList<string> DamagedExamples)
{
    /// <summary>Whether rows and counts agree. Pending customers do not matter: they are woken as time goes on.</summary>
    public bool IsRight => Difference == 0 && WrongLayers == 0 && Damaged == 0;
}

[GenerateSerializer, Immutable, Alias("grid.scheme-audit")]
public sealed record SchemeAudit([property: Id(0)] string Scheme, [property: Id(1)] IReadOnlyList<LayerDifference> Differences);

[GenerateSerializer, Immutable, Alias("grid.layer-difference")]
public sealed record LayerDifference([property: Id(0)] string Layer, [property: Id(1)] long Counted, [property: Id(2)] long Recounted);

/// <summary>
/// Recounts every layer from the customers' rows, and evaluates every customer afresh. Costs a scan of all rows: some microseconds of a processor per
/// row.
/// </summary>
public sealed class Auditor(ILedger ledger, IGrainFactory grains, PopulationScan population)
{
    private AuditReport? _latest;

    /// <summary>The report of the last audit; null before the first.</summary>
    public AuditReport? Latest => Volatile.Read(ref _latest);

    public async Task<AuditReport> Audit(CancellationToken cancellation)
    {
        var report = await new AuditPass(population, CountsAt).Run(cancellation);
        Volatile.Write(ref _latest, report);
        return report;
    }

    /// <summary>The live counts of a segment, without the transitions that it has counted after the position.</summary>
    private async Task<IReadOnlyDictionary<string, long>> CountsAt(string scheme, LogPosition position, CancellationToken cancellation)
    {
        var tally = await TallyFrom(scheme, position, cancellation);
        for (var at = position; !at.Covers(tally.Position);)
        {
            var page = await ledger.Tail(at, GridLimits.LogPageMax, cancellation);
            if (page.Next.Equals(at)) break;
            tally.TakeOut(page);
            at = page.Next;
        }

        return tally.Counts;
    }

    /// <summary>
    /// The counts of a segment at or after a position. A segment whose silo has died restarts from counts some seconds old: this waits for it.
    /// </summary>
    private async Task<SegmentTally> TallyFrom(string scheme, LogPosition position, CancellationToken cancellation)
    {
        while (true)
        {
            var tally = new SegmentTally(await grains.Segment(scheme).Snapshot());
            if (tally.Position.Covers(position)) return tally;
            await grains.LogReader().ReachSegments(position.ToString());
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
