namespace Grid.Ledger;

/// <summary>
/// Signals changes to waiters: each change completes the tasks handed out before it. The signal has no timer: a waiter that must go on without a
/// signal waits with a timeout of its own.
/// </summary>
public sealed class AsyncSignal
{
    // Null while no task is handed out, so that a change then costs nothing.
    private TaskCompletionSource? _waiting;

    /// <summary>
    /// A task that completes with the next change and never fails. Take the task before reading the observed state: a change after the reading
    /// completes it. Continuations run where <see cref="Completions"/> says.
    /// </summary>
    public Task Next()
    {
        while (true)
        {
            if (Volatile.Read(ref _waiting) is { } waiting) return waiting.Task;
            var fresh = Completions.New();
            if (Interlocked.CompareExchange(ref _waiting, fresh, null) is null) return fresh.Task;
        }
    }

    /// <summary>Completes the tasks handed out. The caller must have made its change visible first.</summary>
    public void Set()
    {
        // The caller has written its change and this reads the waiters. Without a full fence the processor may swap the two, and a waiter that comes
        // in between would see neither the change nor the signal.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiting) is null) return;
        if (Interlocked.Exchange(ref _waiting, null) is not { } waiting) return;

        // The caller may be a ledger's own thread, so the thread pool runs the waiters.
        Completions.Queue(waiting);
    }
}
