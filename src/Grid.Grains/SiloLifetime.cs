namespace Grid.Grains;

/// <summary>
/// Signals the grains of a silo that it begins to stop. The runtime deactivates a grain after its calls have ended. A call that waits for other
/// grains does not end once those can no longer be placed: the last silo of a cluster would wait for its own time-out.
/// </summary>
public sealed class SiloLifetime : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the silo begins to stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(SiloLifetime), ServiceLifecycleStage.Last, static _ => Task.CompletedTask, _ => _stopping.CancelAsync());

    public void Dispose() => _stopping.Dispose();
}
