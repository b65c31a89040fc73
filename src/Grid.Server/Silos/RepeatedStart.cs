using System.Data.Common;
using Grid.Ledger;

namespace Grid.Server.Silos;

/// <summary>
/// Starts a server and retries on transient failures: other silos that leave while this one joins, a database that is not up yet.
/// </summary>
internal static partial class RepeatedStart
{
    /// <summary>An attempt that fails later than this after the first began is the last.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="build">Creates a server that was never started.</param>
    /// <param name="awaitsLedger">Whether to retry when the ledger cannot be opened: a database may be available a moment later, a file not.</param>
    /// <param name="time">Measures attempts and the pauses between them.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    /// <returns>The started server.</returns>
    public static async Task<WebApplication> Run(Func<WebApplication> build, bool awaitsLedger, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var app = build();
            try
            {
                await app.StartAsync(cancellation);
                return app;
            }
            catch (Exception reason)
            {
                var passes = EngineFailures.AreTemporary(reason)
                    || (awaitsLedger && reason is LedgerException { Kind: FailureKind.Temporary } or DbException { IsTransient: true });
                if (!passes || time.GetElapsedTime(began) + Pause > Within || cancellation.IsCancellationRequested)
                {
                    await FailedStart.CleanUp(app);
                    throw;
                }

                StartsAgain(app.Logger, reason.Message);
                await FailedStart.CleanUp(app);
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server could not start; retrying. {Reason}")]
    private static partial void StartsAgain(ILogger logger, string reason);
}
