using Grid.Grains.Rulebooks;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Orleans;

namespace Grid.Grains.Audits;

/// <summary>What an audit found. Everything is 0 and empty when the grid is right.</summary>
/// <param name="Position">The place in the log at which rows and counts were compared.</param>
/// <param name="AsOf">The instant the layers were evaluated at.</param>
/// <param name="Difference">Σ |counted − recounted| over all layers.</param>
/// <param name="WrongLayers">Customers whose layer, brought up to <paramref name="AsOf"/>, is not what a fresh evaluation gives.</param>
/// <param name="Pending">Customers that something was due for at <paramref name="AsOf"/> and who had not been advanced yet.</param>
public sealed record AuditReport(
    string Position,
    Instant AsOf,
    long Customers,
    long Difference,
    long WrongLayers,
    long Pending,
    IReadOnlyList<SchemeAudit> Schemes,
    IReadOnlyList<string> Examples);

public sealed record SchemeAudit(string Scheme, IReadOnlyList<LayerDifference> Differences);

public sealed record LayerDifference(string Layer, long Counted, long Recounted);

/// <summary>
/// Recounts every layer from the customers' own rows, and evaluates every customer afresh. A pass over all rows: some microseconds each.
/// </summary>
public sealed class Auditor(ILedger ledger, IGrainFactory grains, CurrentRules rules, SegmentFeed feed, GridClock clock)
{
    private AuditReport? _latest;

    /// <summary>The report of the last audit; null before the first.</summary>
    public AuditReport? Latest => Volatile.Read(ref _latest);

    public async Task<AuditReport> Audit(CancellationToken cancellation)
    {
        var now = clock.Now;
        var current = rules.Value;
        using var scan = await ledger.Scan(cancellation);
        var recount = new Recount(current, now);
        await foreach (var row in scan.Rows.WithCancellation(cancellation)) recount.Take(row);

        var schemes = new List<SchemeAudit>();
        long difference = 0;
        await feed.WaitFor(scan.Position, cancellation);
        foreach (var scheme in current.Rulebook.Schemes)
        {
            var counted = await CountsAt(scheme.Id, scan.Position, cancellation);
            var differences = new List<LayerDifference>();
            foreach (var layer in counted.Keys.Union(recount.Counts[scheme.Id].Keys).Order())
            {
                var (folded, rows) = (counted.GetValueOrDefault(layer), recount.Counts[scheme.Id].GetValueOrDefault(layer));
                if (folded == rows) continue;
                differences.Add(new LayerDifference(layer, folded, rows));
                difference += Math.Abs(folded - rows);
            }

            schemes.Add(new SchemeAudit(scheme.Id, differences));
        }

        var report = new AuditReport(
            scan.Position.ToString(), now, recount.Customers, difference, recount.WrongLayers, recount.Pending, schemes, recount.Examples);
        Volatile.Write(ref _latest, report);
        return report;
    }

    /// <summary>The live counts, with what the segment has taken in after the position taken out again.</summary>
    private async Task<Dictionary<string, long>> CountsAt(string scheme, LogPosition position, CancellationToken cancellation)
    {
        var snapshot = await grains.Segment(scheme).Snapshot();
        var counts = new Dictionary<string, long>(snapshot.Counts);
        if (!LogPosition.TryParse(snapshot.Position, out var counted)) throw new FormatException(snapshot.Position);
        for (var at = position; !at.Covers(counted);)
        {
            var page = await ledger.Tail(at, GridLimits.LogPageMax, cancellation);
            if (page.Next.Equals(at)) break;
            foreach (var item in page.Items)
            {
                if (item.Transition.Scheme != scheme || item.Sequence > counted[item.Lane]) continue;
                counts[item.Transition.To] = counts.GetValueOrDefault(item.Transition.To) - 1;
                if (item.Transition.From is { } from) counts[from] = counts.GetValueOrDefault(from) + 1;
            }

            at = page.Next;
        }

        return counts;
    }

    /// <summary>Counts the layers that rows say, and holds each row against a fresh evaluation of its facts.</summary>
    private sealed class Recount(Rules rules, Instant now)
    {
        private readonly Customer _customer = new();

        public Dictionary<string, Dictionary<string, long>> Counts { get; } =
            rules.Rulebook.Schemes.ToDictionary(scheme => scheme.Id, _ => new Dictionary<string, long>());

        public List<string> Examples { get; } = [];

        public long Customers { get; private set; }

        public long WrongLayers { get; private set; }

        public long Pending { get; private set; }

        public void Take(CustomerRow row)
        {
            Customers++;
            CustomerCodec.Decode(row.State, _customer);
            var layout = rules.Layouts[_customer.Rulebook];
            for (var index = 0; index < layout.Schemes.Count; index++)
            {
                if (!Counts.TryGetValue(layout.Schemes[index].Id, out var counts)) continue;
                var layer = layout.Schemes[index].Layers[_customer.Layers[index].Layer];
                counts[layer] = counts.GetValueOrDefault(layer) + 1;
            }

            var advanced = Turn.Take(row.Customer, row.State, [], now, rules);
            if (advanced.Change is { Transitions.Count: > 0 }) Pending++;
            if (advanced.Change is not null) CustomerCodec.Decode(advanced.Change.State, _customer);
            var at = Instant.Max(now, _customer.EvaluatedAt);
            for (var index = 0; index < rules.Rulebook.Schemes.Count; index++)
            {
                var scheme = rules.Rulebook.Schemes[index];
                if (scheme.LayerOf(_customer, at, rules.Baseline) == _customer.Layers[index].Layer) continue;
                WrongLayers++;
                if (Examples.Count < GridLimits.AuditExamplesMax) Examples.Add($"{row.Customer} in {scheme.Id}");
            }
        }
    }
}
