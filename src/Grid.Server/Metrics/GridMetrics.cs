using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Grains.Calls;
using Grid.Grains.Partitions;
using Grid.Grains.Rules;
using Grid.Ingest;
using Grid.Ledger;
using Grid.Server.Hosting;
using Grid.Server.Silos;

namespace Grid.Server.Metrics;

/// <summary>All metrics for alarms and graphs, read when they are scraped.</summary>
internal sealed class GridMetrics(
    ILedger ledger,
    IngestGate gate,
    EngineGauges engine,
    LocalPartitions partitions,
    CurrentRules rules,
    GridClock clock,
    Auditor auditor,
    GridLifetime lifetime,
    OrleansMetrics orleans,
    IGrainFactory grains,
    GrainCalls calls)
{
    public async Task<string> Write()
    {
        var text = new PrometheusText();
        Ingest(text);
        Ledger(text);
        await Actors(text);
        await Segments(text);
        orleans.Write(text);
        ProcessMetrics.Write(text);
        return text.ToString();
    }

    private void Ingest(PrometheusText text)
    {
        text.Metric("grid_events_total", "Events answered, by outcome.", "counter")
            .Sample("grid_events_total", gate.Accepted, ("outcome", "accepted"))
            .Sample("grid_events_total", gate.Duplicates, ("outcome", "duplicate"))
            .Sample("grid_events_total", gate.Rejected, ("outcome", "rejected"));
        text.Gauge("grid_events_in_flight", "Events taken and not yet answered.", gate.EventsInFlight)
            .Counter("grid_ingest_bytes_total", "Bytes of events taken.", gate.Bytes)
            .Counter("grid_requests_refused_total", "Requests answered 429 because the gate was full.", gate.RefusedRequests);
    }

    private void Ledger(PrometheusText text)
    {
        var statistics = ledger.Statistics;
        text.Counter("grid_ledger_groups_total", "Transactions of the ledger's lane.", statistics.Batches)
            .Counter("grid_ledger_changes_total", "Customer changes committed.", statistics.Changes)
            .Counter("grid_ledger_transitions_total", "Transitions committed.", statistics.Transitions)
            .Counter("grid_ledger_conflicts_total", "Changes refused because the row had another version.", statistics.Conflicts)
            .Counter("grid_ledger_failed_groups_total", "Transactions that failed.", statistics.FailedBatches)
            .Counter("grid_ledger_journal_bytes_total", "Bytes of deltas written.", statistics.JournalBytes)
            .Counter("grid_ledger_transition_bytes_total", "Bytes of transitions written.", statistics.TransitionBytes)
            .Counter("grid_ledger_checkpoint_rows_total", "Customer rows written by checkpoints.", statistics.CheckpointRows)
            .Counter("grid_ledger_checkpoint_bytes_total", "Bytes of customer rows written by checkpoints.", statistics.CheckpointBytes)
            .Gauge("grid_ledger_overlay_rows", "Customers changed since the last checkpoint.", statistics.MemTableRows)
            .Gauge("grid_ledger_overlay_bytes", "Bytes of their states.", statistics.MemTableBytes)
            .Histogram("grid_ledger_commit_seconds", "Time from handing a change to the ledger until it was durable.", statistics.CommitLatencies);
    }

    private async Task Actors(PrometheusText text)
    {
        text.Gauge("grid_customers", "Customers of the partitions that this silo hosts.", partitions.Customers)
            .Gauge("grid_partitions", "Partitions that this silo hosts.", partitions.Count)
            .Gauge("grid_partitions_filled", "Partitions of this silo that know all their customers.", partitions.Filled)
            .Gauge("grid_resident_grains", "Grains in memory.", await engine.ResidentGrains())
            .Counter("grid_deadlines_total", "Times a customer was woken by a deadline or a baseline.", partitions.Woken)
            .Gauge("grid_deadline_lag_seconds", "How far behind the earliest deadline is.", partitions.Lag(clock.Now).TotalSeconds)
            .Gauge("grid_baseline_number", "Number of the baseline in force.", rules.Value.Baseline.Number)
            .Gauge("grid_rulebook_number", "Number of the rulebook in force.", rules.Value.Rulebook.Number)
            .Gauge("grid_segment_lag", "Transitions committed that the segments have not counted yet.", await SegmentLag())
            .Gauge("grid_ready", "1 while events are taken and every loop runs.", lifetime is { IsReady: true, Failure: null } ? 1 : 0);
        if (auditor.Latest is { } audit)
            text.Gauge("grid_audit_difference", "Difference between counts and recount at the last audit.", audit.Difference)
                .Gauge("grid_audit_wrong_layers", "Customers found in a wrong layer at the last audit.", audit.WrongLayers)
                .Gauge("grid_audit_damaged_rows", "Customers whose stored row was damaged at the last audit.", audit.Damaged);
    }

    private async Task Segments(PrometheusText text)
    {
        text.Metric("grid_segment_customers", "Customers in a layer of a scheme.", "gauge");
        foreach (var scheme in rules.Value.Rulebook.Schemes)
        {
            var snapshot = await calls.Call(grains.Segment(scheme.Id), static segment => segment.Snapshot());
            foreach (var layer in scheme.Layers)
                text.Sample("grid_segment_customers", snapshot.Counts.GetValueOrDefault(layer), ("scheme", scheme.Id), ("layer", layer));
        }
    }

    private async Task<double> SegmentLag()
    {
        var counted = LogPosition.Parse(await grains.LogReader().SegmentPosition());
        long lag = 0;
        for (var lane = 0; lane < ledger.Head.Lanes; lane++) lag += Math.Max(0, ledger.Head[lane] - counted[lane]);
        return lag;
    }
}

internal static class MetricsRoute
{
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        // Created here, so that it counts from the start and not from the first scrape.
        routes.ServiceProvider.GetRequiredService<OrleansMetrics>();
        routes.MapGet("/metrics", async (GridMetrics metrics) => Results.Text(await metrics.Write(), PrometheusText.ContentType))
            .WithSummary("All metrics in the Prometheus text format.");
    }
}
