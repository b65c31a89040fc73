using Grid.Grains.Populations;
using Grid.Ledger;

namespace Grid.Grains.Audits;

/// <summary>One audit: a scan of all rows, whose recount is compared with counts that somebody else keeps.</summary>
/// <param name="counted">The kept counts of a scheme at a position of the log, by layer.</param>
internal sealed class AuditPass(
    PopulationScan population, Func<string, LogPosition, CancellationToken, Task<IReadOnlyDictionary<string, long>>> counted)
{
    public async Task<AuditReport> Run(CancellationToken cancellation)
    {
        var damaged = new List<string>();
        long damagedCount = 0;
        var pass = await population.Run(
            start => new Recount(start),
            null,
            cancellation,
            customer =>
            {
                if (damagedCount++ < GridLimits.AuditExamplesMax) damaged.Add(customer.Value);
            });
        var recount = new Recount(pass.Start);
        foreach (var part in pass.Visitors) recount.Add(part);
        var schemes = await Compare(recount, pass.Start, cancellation);
        return new AuditReport(
            pass.Start.Position.ToString(),
            pass.Start.AsOf,
            pass.Customers,
            schemes.Sum(scheme => scheme.Differences.Sum(layer => Math.Abs(layer.Counted - layer.Recounted))),
            recount.WrongLayers,
            recount.Pending,
            schemes,
            [.. recount.Examples.Order(StringComparer.Ordinal).Take(GridLimits.AuditExamplesMax)],
            damagedCount,
            damaged);
    }

    private async Task<List<SchemeAudit>> Compare(Recount recount, ScanContext start, CancellationToken cancellation)
    {
        var schemes = new List<SchemeAudit>();
        foreach (var scheme in start.Rules.Rulebook.Schemes)
        {
            var (kept, rows) = (await counted(scheme.Id, start.Position, cancellation), recount.Counts[scheme.Id]);
            schemes.Add(new SchemeAudit(
                scheme.Id,
                [
                    .. kept.Keys.Union(rows.Keys).Order()
                        .Select(layer => new LayerDifference(layer, kept.GetValueOrDefault(layer), rows.GetValueOrDefault(layer)))
                        .Where(layer => layer.Counted != layer.Recounted),
                ]));
        }

        return schemes;
    }
}
