using System.Diagnostics.Metrics;
using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Grains.Partitions;
using Grid.Grains.Rules;
using Grid.Ingest;
using Grid.Ledger;
using Grid.Model.Evaluation;
using Grid.Server.Hosting;

namespace Grid.Server.Observability;

/// <summary>
/// The instruments of the meter <c>Grid</c>. All but one read a count that exists anyway, and read it when they are collected, so that an
/// event pays nothing for them.
/// </summary>
internal sealed class GridInstruments
{
    public const string MeterName = "Grid";
    public const string CommitDuration = "grid.ledger.commit.duration";

    /// <summary>Bounds in seconds: doubled from 125 µs, which a commit to a fast disk takes, to 8 s, when senders have given up.</summary>
    public static readonly double[] CommitBounds = [.. Enumerable.Range(0, 17).Select(doubling => 0.000125 * (1 << doubling))];

    public GridInstruments(
        IMeterFactory meters,
        ILedger ledger,
        IngestGate gate,
        LocalPartitions partitions,
        CurrentRules rules,
        GridClock clock,
        Auditor auditor,
        GridStartup startup,
        SampledMeasurements sampled)
    {
        var meter = meters.Create(MeterName);
        Ingest(meter, gate);
        Ledger(meter, ledger.Statistics);
        Population(meter, partitions, rules, clock);
        Audits(meter, auditor);
        Sampled(meter, sampled);
        meter.CreateObservableGauge("grid.ready", () => startup.IsReady ? 1 : 0, null, "1 while events are taken.");
        meter.CreateObservableGauge("process.start_time", () => StartedAt, "s", "When the process was started, in seconds since 1970.");
        meter.CreateObservableGauge(
            "grid.memory.available", () => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, "By", "Memory the heap may take: of the machine, or by its limit.");
    }

    private static double StartedAt { get; } = ReadStart();

    private static void Ingest(Meter meter, IngestGate gate)
    {
        meter.CreateObservableCounter("grid.events", () => Outcomes(gate), "{event}", "Events answered, by outcome.");
        meter.CreateObservableUpDownCounter("grid.events.in_flight", () => gate.EventsInFlight, "{event}", "Events taken and not yet answered.");
        meter.CreateObservableCounter("grid.ingest", () => gate.Bytes, "By", "Bytes of events taken.");
        meter.CreateObservableCounter("grid.requests.refused", () => gate.RefusedRequests, "{request}", "Requests answered 429 because the gate was full.");
    }

    private static Measurement<long>[] Outcomes(IngestGate gate) =>
    [
        new(gate.Accepted, new KeyValuePair<string, object?>("outcome", "accepted")),
        new(gate.Duplicates, new KeyValuePair<string, object?>("outcome", "duplicate")),
        new(gate.Rejected, new KeyValuePair<string, object?>("outcome", "rejected")),
    ];

    private static void Ledger(Meter meter, LedgerStatistics ledger)
    {
        meter.CreateObservableCounter("grid.ledger.batches", () => ledger.Batches, "{batch}", "Batches of changes committed, each as one transaction.");
        meter.CreateObservableCounter("grid.ledger.failed_batches", () => ledger.FailedBatches, "{batch}", "Batches that the storage refused.");
        meter.CreateObservableCounter("grid.ledger.changes", () => ledger.Changes, "{change}", "Customer changes committed.");
        meter.CreateObservableCounter("grid.ledger.transitions", () => ledger.Transitions, "{transition}", "Transitions committed.");
        meter.CreateObservableCounter("grid.ledger.conflicts", () => ledger.Conflicts, "{change}", "Changes refused because the row had another version.");
        meter.CreateObservableCounter("grid.ledger.journal", () => ledger.JournalBytes, "By", "Bytes of deltas written.");
        meter.CreateObservableCounter("grid.ledger.transition", () => ledger.TransitionBytes, "By", "Bytes of transitions written.");
        meter.CreateObservableCounter("grid.ledger.checkpoint.rows", () => ledger.CheckpointRows, "{row}", "Customer rows written by checkpoints.");
        meter.CreateObservableCounter("grid.ledger.checkpoint", () => ledger.CheckpointBytes, "By", "Bytes of customer rows written by checkpoints.");
        meter.CreateObservableGauge("grid.ledger.memtable.rows", () => ledger.MemTableRows, "{row}", "Customers changed since the last checkpoint.");
        meter.CreateObservableGauge("grid.ledger.memtable", () => ledger.MemTableBytes, "By", "Bytes of their states.");
        ledger.CommitDuration = meter.CreateHistogram<double>(
            CommitDuration, "s", "Time from handing a change to the ledger until it was durable.");
    }

    private static void Population(Meter meter, LocalPartitions partitions, CurrentRules rules, GridClock clock)
    {
        meter.CreateObservableGauge("grid.customers", () => partitions.Customers, "{customer}", "Customers of the partitions that this silo hosts.");
        meter.CreateObservableGauge("grid.partitions", () => partitions.Count, "{partition}", "Partitions that this silo hosts.");
        meter.CreateObservableGauge("grid.partitions.filled", () => partitions.Filled, "{partition}", "Partitions of this silo that know all their customers.");
        meter.CreateObservableCounter("grid.deadlines", () => partitions.Woken, "{deadline}", "Times a customer was woken by a deadline or a baseline.");
        meter.CreateObservableGauge("grid.deadline.lag", () => partitions.Lag(clock.Now).TotalSeconds, "s", "How far behind the earliest deadline is.");
        meter.CreateObservableGauge(
            "grid.baseline.number", () => Current(rules, static current => current.Baseline.Number), null, "Number of the baseline in force.");
        meter.CreateObservableGauge(
            "grid.rulebook.number", () => Current(rules, static current => current.Rulebook.Number), null, "Number of the rulebook in force.");
    }

    private static Measurement<long>[] Current(CurrentRules rules, Func<Rules, long> number) =>
        rules.IsPublished ? [new Measurement<long>(number(rules.Value))] : [];

    private static void Audits(Meter meter, Auditor auditor)
    {
        meter.CreateObservableGauge("grid.audit.difference", () => Latest(auditor, static audit => audit.Difference), null,
            "Difference between counts and recount at the last audit.");
        meter.CreateObservableGauge("grid.audit.wrong_layers", () => Latest(auditor, static audit => audit.WrongLayers), null,
            "Customers found in a wrong layer at the last audit.");
        meter.CreateObservableGauge("grid.audit.damaged_rows", () => Latest(auditor, static audit => audit.Damaged), null,
            "Customers whose stored row was damaged at the last audit.");
    }

    /// <summary>Nothing before the first audit: zero would say that the counts were proved.</summary>
    private static Measurement<long>[] Latest(Auditor auditor, Func<AuditReport, long> value) =>
        auditor.Latest is { } audit ? [new Measurement<long>(value(audit))] : [];

    private static void Sampled(Meter meter, SampledMeasurements sampled)
    {
        meter.CreateObservableGauge("grid.resident_grains", () => sampled.ResidentGrains, "{grain}", "Grains in memory.");
        meter.CreateObservableGauge(
            "grid.segment.lag", () => sampled.SegmentLag, "{transition}", "Transitions committed that the segments have not counted yet.");
        meter.CreateObservableGauge("grid.segment.customers", () => sampled.SegmentCustomers, "{customer}", "Customers in a layer of a scheme.");
    }

    private static double ReadStart()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
    }
}
