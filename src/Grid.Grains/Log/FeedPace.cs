namespace Grid.Grains.Log;

/// <summary>
/// Lets commits gather between two steps of a feed while many come, because a step calls every partition or segment. The first commit after
/// a quiet moment goes on at once.
/// </summary>
/// <param name="machine">The time of the rests.</param>
internal sealed class FeedPace(TimeProvider machine)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(GridLimits.FeedMilliseconds);
    private long? _began;

    /// <summary>Rests until the last step is long enough ago, then begins the next.</summary>
    public async Task Next(CancellationToken cancellation)
    {
        if (_began is { } began && Between - machine.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
            await Task.Delay(left, machine, cancellation);
        _began = machine.GetTimestamp();
    }

    /// <summary>The next step begins at once: there is more to do than one step takes.</summary>
    public void Hurry() => _began = null;
}
