using System.Diagnostics.Metrics;

namespace Grid.Server.Metrics;

/// <summary>
/// Exports a dozen instruments of Orleans' own meter, under names like Grid's. Labels are summed up; histograms, which would cost time at each call,
/// are left out.
/// </summary>
internal sealed class OrleansMetrics : IDisposable
{
    private const string Meter = "Microsoft.Orleans";

    private static readonly (string Instrument, string Name, string Help)[] Exported =
    [
        ("orleans-catalog-activation-created", "grid_orleans_activations_total", "Grains loaded into memory."),
        ("orleans-catalog-activation-destroyed", "grid_orleans_deactivations_total", "Grains that left memory."),
        ("orleans-catalog-activation-failed-to-activate", "grid_orleans_failed_activations_total", "Grains that could not be loaded."),
        ("orleans-catalog-activation-working-set", "grid_orleans_active_grains", "Grains used in the last seconds."),
        ("orleans-app-requests-timedout", "grid_orleans_timed_out_calls_total", "Calls of grains without an answer in time."),
        ("orleans-messaging-rejected", "grid_orleans_rejected_messages_total", "Messages that a silo refused, as for a grain that is elsewhere."),
        ("orleans-messaging-rerouted", "grid_orleans_rerouted_messages_total", "Messages sent on to where a grain is now."),
        ("orleans-messaging-sent-failed", "grid_orleans_unsent_messages_total", "Messages that could not be sent to another silo."),
        ("orleans-scheduler-long-running-turns", "grid_orleans_long_turns_total", "Turns of grains that held a thread for too long."),
        ("orleans-storage-write-errors", "grid_orleans_storage_write_errors_total", "States of grains that could not be written."),
        ("orleans-storage-read-errors", "grid_orleans_storage_read_errors_total", "States of grains that could not be read."),
        ("orleans-gateway-connected-clients", "grid_orleans_gateway_clients", "Clients of the cluster connected to this silo's gateway."),
    ];

    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();

    // One entry for each exported instrument; guarded by the gate.
    private readonly double[] _values = new double[Exported.Length];
    private readonly bool[] _isObserved = new bool[Exported.Length];

    /// <param name="meters">Identifies the meters of this process's silo; those of another silo are ignored.</param>
    public OrleansMetrics(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != Meter || !ReferenceEquals(instrument.Meter.Scope, meters)) return;
            var index = Array.FindIndex(Exported, one => one.Instrument == instrument.Name);
            if (index < 0) return;
            lock (_gate) _isObserved[index] = instrument.IsObservable;
            listener.EnableMeasurementEvents(instrument, index);
        };
        _listener.SetMeasurementEventCallback<int>((_, value, _, index) => Add(index, value));
        _listener.SetMeasurementEventCallback<long>((_, value, _, index) => Add(index, value));
        _listener.SetMeasurementEventCallback<double>((_, value, _, index) => Add(index, value));
        _listener.Start();
    }

    public void Write(PrometheusText text)
    {
        double[] values;
        lock (_gate)
        {
            // An observable instrument reports its total each time.
            for (var index = 0; index < _values.Length; index++)
                if (_isObserved[index])
                    _values[index] = 0;
            _listener.RecordObservableInstruments();
            values = [.. _values];
        }

        for (var index = 0; index < values.Length; index++)
        {
            var (_, name, help) = Exported[index];
            if (name.EndsWith("_total", StringComparison.Ordinal)) text.Counter(name, help, values[index]);
            else text.Gauge(name, help, values[index]);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(object? index, double value)
    {
        lock (_gate) _values[(int)index!] += value;
    }
}
