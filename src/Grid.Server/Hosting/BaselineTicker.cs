using Grid.Grains;
using Grid.Server.Options;
using Orleans;

namespace Grid.Server.Hosting;

/// <summary>Has the baseline computed again and again: each interval of grid time, but not more often than the machine should.</summary>
internal sealed partial class BaselineTicker(IGrainFactory grains, GridClock clock, GridOptions options, ILogger<BaselineTicker> logger)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public async Task Run(CancellationToken cancellation)
    {
        if (options.BaselineInterval == TimeSpan.Zero) return;
        var interval = options.BaselineInterval / clock.Speed;
        using var timer = new PeriodicTimer(interval > Shortest ? interval : Shortest, TimeProvider.System);
        do
        {
            try
            {
                await grains.Baseline().Publish(clock.Now);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                CouldNotPublish(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The baseline could not be computed; it is tried again at the next interval.")]
    private static partial void CouldNotPublish(ILogger logger, Exception exception);
}
