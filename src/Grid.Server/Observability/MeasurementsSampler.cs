using Grid.Grains.Calls;

namespace Grid.Server.Observability;

/// <summary>Fetches the measurements of grains at an interval, for the OTLP export, which unlike a scrape begins without a request.</summary>
internal sealed partial class MeasurementsSampler(SampledMeasurements sampled, TimeProvider time, ILogger<MeasurementsSampler> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sampled.Refresh();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                CouldNotSample(logger, CallFailures.LevelOf(exception), exception);
            }
        }
    }

    [LoggerMessage(Message = "Measurements of the grains could not be fetched; retrying.")]
    private static partial void CouldNotSample(ILogger logger, LogLevel level, Exception exception);
}
