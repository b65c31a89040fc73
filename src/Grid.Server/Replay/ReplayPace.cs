using Grid.Model.Time;

namespace Grid.Server.Replay;

/// <summary>Slows a replay down to a chosen speed; without one it never waits.</summary>
internal sealed class ReplayPace(Instant start, double? speed)
{
    private static readonly TimeSpan WorthWaiting = TimeSpan.FromMilliseconds(50);

    // Timers are limited to about 49 days; a slow replay of a long pause waits in several steps.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);
    private readonly long _began = TimeProvider.System.GetTimestamp();

    /// <summary>Waits until the time of an event; delivers the events gathered before.</summary>
    public async Task WaitFor(Instant at, ReplaySteps steps, CancellationToken cancellation)
    {
        if (speed is null) return;
        var due = TimeSpan.FromMilliseconds((at.Milliseconds - start.Milliseconds) / speed.Value);
        var wait = due - TimeProvider.System.GetElapsedTime(_began);
        if (wait < WorthWaiting) return;
        await steps.Flush(cancellation);
        for (; wait > LongestTimer; wait -= LongestTimer) await Task.Delay(LongestTimer, TimeProvider.System, cancellation);
        await Task.Delay(wait, TimeProvider.System, cancellation);
    }
}
