using Grid.Grains.Calls;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Rules;

/// <summary>
/// Subscribes this silo to the publications of the <see cref="RulesGrain"/>. A lost message delays a publication until the next renewal.
/// </summary>
public sealed partial class RulesSubscription(IGrainFactory grains, RulesSynchronizer synchronizer, ILogger<RulesSubscription> logger)
    : BackgroundService, IRulesObserver
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(GridLimits.SubscriptionRenewalSeconds);

    public Task InForce(RulesInForce rules) => synchronizer.Adopt(rules);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var self = grains.CreateObjectReference<IRulesObserver>(this);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await grains.Rules().Subscribe(self) is { } inForce) await synchronizer.Adopt(inForce);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                CouldNotSubscribe(logger, CallFailures.LevelOf(exception), exception);
            }

            await Task.Delay(Renewal, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Message = "The rules in force could not be read; retrying.")]
    private static partial void CouldNotSubscribe(ILogger logger, LogLevel level, Exception exception);
}
