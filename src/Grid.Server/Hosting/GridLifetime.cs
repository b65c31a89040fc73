using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Rules;
using Grid.Server.Silos;

namespace Grid.Server.Hosting;

/// <summary>Opens the ledger and starts the grid before the server listens; keeps grains active that must run in the cluster.</summary>
internal sealed partial class GridLifetime(
    LedgerOpening opening,
    GridStart start,
    RulebookAtStart rulebook,
    IGrainFactory grains,
    IHostApplicationLifetime application,
    ILogger<GridLifetime> logger)
    : BackgroundService
{
    /// <summary>How long a stop may take after Ctrl-C before the process ends regardless. No acknowledged event is lost then.</summary>
    public static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenTouches = TimeSpan.FromSeconds(1);

    /// <summary>Whether the server can take events.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The failure after which the grid cannot continue; null while it can.</summary>
    public Exception? Failure => ExecuteTask is { IsFaulted: true } failed ? failed.Exception : null;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await opening.Open(cancellationToken);
        var faults = await start.Run(rulebook.Files, cancellationToken);
        if (faults.Count > 0) throw new ConfigurationException(string.Join(Environment.NewLine, faults));
        await opening.Recovered(cancellationToken);
        IsReady = true;
        await base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        IsReady = false;
        return base.StopAsync(cancellationToken);
    }

    /// <summary>Activates again, at each interval, the grains that work without calls: a silo that dies takes its grains along.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first touch makes all partitions read their rows, so it waits until the server listens.
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

/// <summary>The scheme files that the server starts with; they compile without a fault.</summary>
internal sealed record RulebookAtStart(IReadOnlyList<SchemeSource> Files);

/// <summary>A mistake of the operator; the program shows only its message.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
