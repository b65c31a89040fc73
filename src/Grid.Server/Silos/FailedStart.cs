namespace Grid.Server.Silos;

/// <summary>Stops and disposes a server whose start failed.</summary>
internal static partial class FailedStart
{
    /// <summary>How long the parts that had started may take to stop.</summary>
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);

    /// <summary>Returns when nothing of the server runs any more. Failures of the stop are logged: that of the start is the one to report.</summary>
    /// <remarks>
    /// The silo must stop before it is disposed: a grain directory that runs on without its membership service loops without pause and keeps one processor
    /// busy until the process ends.
    /// </remarks>
    public static async Task CleanUp(WebApplication app)
    {
        using var patience = new CancellationTokenSource(StopMax, TimeProvider.System);
        await Try(app.StopAsync(patience.Token).WaitAsync(patience.Token), app.Logger);
        await Try(app.DisposeAsync().AsTask(), app.Logger);
    }

    private static async Task Try(Task stop, ILogger logger)
    {
        try
        {
            await stop;
        }
        catch (Exception failure)
        {
            DidNotStopCleanly(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The parts of the server that had started did not stop cleanly.")]
    private static partial void DidNotStopCleanly(ILogger logger, Exception exception);
}
