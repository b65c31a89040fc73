using Grid.Grains;
using Grid.Grains.Calls;

namespace Grid.Server.Hosting;

/// <summary>
/// Keeps the log reader and the rules grain activated, which work without being called. When their silo dies, the next call activates them on another.
/// </summary>
internal sealed partial class KeepAliveGrains(IGrainFactory grains, IHostApplicationLifetime application, ILogger<KeepAliveGrains> logger)
    : BackgroundService
{
    private static readonly TimeSpan BetweenTouches = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first touch has all partitions read their rows, which must not delay the server that is about to listen.
        await Listening(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAll(grains.LogReader().Touch(), grains.Rules().InForce());
            }
            catch (Exception exception)
            {
                CouldNotTouch(logger, CallFailures.LevelOf(exception), exception);
            }

            await Task.Delay(BetweenTouches, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Listening(CancellationToken stopping)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = application.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stopping);
    }

    [LoggerMessage(Message = "The log reader or the rules grain is unreachable; retrying.")]
    private static partial void CouldNotTouch(ILogger logger, LogLevel level, Exception exception);
}
