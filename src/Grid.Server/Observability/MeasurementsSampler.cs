namespace Grid.Server.Observability;

/// <summary>Fetches the measurements of grains at an interval, for the OTLP export, which unlike a scrape begins without a request.</summary>
internal sealed class MeasurementsSampler(SampledMeasurements sampled, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await sampled.Refresh();
    }
}
