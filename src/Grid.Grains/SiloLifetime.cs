namespace Grid.Grains;

/// <summary>
/// Tells the grains of a silo that it begins to stop. The runtime deactivates a grain after its calls have ended, and a call that waits for
/// other grains does not end when those can no longer be placed: the last silo of a grid would wait for its own time-out.
/// </summary>
public sealed class SiloStop : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _begun = new();

    /// <summary>Cancelled when the silo begins to stop.</summary>
    public CancellationToken Begun => _begun.Token;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(SiloStop), ServiceLifecycleStage.Last, static _ => Task.CompletedTask, _ => _begun.CancelAsync());

    public void Dispose() => _begun.Dispose();
}
