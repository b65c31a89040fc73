using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Grid.Server.Observability;

/// <summary>Which of the instruments that a meter has are exported, and how.</summary>
internal static class ExportedInstruments
{
    public const string Orleans = "Microsoft.Orleans";

    /// <summary>Orleans has some hundred instruments. Its histograms, which would cost something at each call, are left out.</summary>
    public static readonly IReadOnlySet<string> OfOrleans = new HashSet<string>
    {
        "orleans-catalog-activation-created", "orleans-catalog-activation-destroyed", "orleans-catalog-activation-failed-to-activate",
        "orleans-catalog-activation-working-set", "orleans-app-requests-timedout", "orleans-messaging-rejected", "orleans-messaging-rerouted",
        "orleans-messaging-sent-failed", "orleans-scheduler-long-running-turns", "orleans-storage-write-errors", "orleans-storage-read-errors",
        "orleans-gateway-connected-clients",
    };

    /// <param name="instrument">One that a meter has published.</param>
    /// <param name="meters">Makes the meters of this host; those of another host in the process are that one's.</param>
    /// <returns>Null: exported as it is.</returns>
    public static MetricStreamConfiguration? View(Instrument instrument, IMeterFactory meters)
    {
        if (instrument.Meter.Scope is IMeterFactory others && !ReferenceEquals(others, meters)) return MetricStreamConfiguration.Drop;
        if (instrument.Meter.Name == Orleans && !OfOrleans.Contains(instrument.Name)) return MetricStreamConfiguration.Drop;
        return instrument.Name == GridInstruments.CommitDuration
            ? new ExplicitBucketHistogramConfiguration { Boundaries = GridInstruments.CommitBounds }
            : null;
    }
}
