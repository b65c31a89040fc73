using Grid.Grains;
using Grid.Grains.Rulebooks;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Server.Options;

namespace Grid.Server.Hosting;

/// <summary>
/// Has the baseline computed again and again: each interval of grid time and whenever a daily scheme is due, but not more often than the
/// machine should.
/// </summary>
internal sealed partial class BaselineTicker(
    IGrainFactory grains, GridClock clock, CurrentRules rules, IHostShare share, GridOptions options, ILogger<BaselineTicker> logger)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public async Task Run(CancellationToken cancellation)
    {
        if (options.BaselineInterval == TimeSpan.Zero) return;
        while (true)
        {
            try
            {
                if (share.Leads) await grains.Baseline().Publish(clock.Now);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                CouldNotPublish(logger, exception);
            }

            var now = clock.Now;
            var wait = TimeSpan.FromMilliseconds(NextAfter(now, options.BaselineInterval, rules.Value.Rulebook).Milliseconds - now.Milliseconds) / clock.Speed;
            await Task.Delay(wait > Shortest ? wait : Shortest, TimeProvider.System, cancellation);
        }
    }

    internal static Instant NextAfter(Instant now, TimeSpan interval, Rulebook rulebook) =>
        Instant.Min(now.Plus((long)interval.TotalMilliseconds), rulebook.NextDerivation(now));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The baseline could not be computed; it is tried again at the next interval.")]
    private static partial void CouldNotPublish(ILogger logger, Exception exception);
}
