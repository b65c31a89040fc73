namespace Grid.InProcess.Engine;

/// <summary>Counts the activations that have a thread or wait for one, and tells when there is none.</summary>
internal sealed class QuietGauge
{
    private readonly Lock _gate = new();
    private volatile TaskCompletionSource? _quiet;
    private int _busy;

    internal void Began() => Interlocked.Increment(ref _busy);

    internal void Ended()
    {
        if (Interlocked.Decrement(ref _busy) > 0 || _quiet is null)
            return;
        lock (_gate)
        {
            _quiet?.TrySetResult();
            _quiet = null;
        }
    }

    internal Task Quiet()
    {
        lock (_gate)
        {
            var quiet = _quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // Asked for first and looked at second: an end in between sees the request. Without the barrier a processor may look first.
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _busy) == 0)
            {
                quiet.TrySetResult();
                _quiet = null;
            }
            return quiet.Task;
        }
    }
}
