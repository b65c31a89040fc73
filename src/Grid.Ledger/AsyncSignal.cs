namespace Grid.Ledger;

/// <summary>
/// Wakes those who wait for something to change: each change completes the tasks handed out before. A waiter that must not depend on a
/// wake-up waits with a timeout of its own; the signal has no timer.
/// </summary>
public sealed class AsyncSignal
{
    // Null while nobody waits, so that a change costs nothing then.
    private TaskCompletionSource? _waiting;

    /// <summary>
    /// Completes with the next change and never fails. Take it before looking at what may change: a change that the look missed completes it.
    /// Continuations run where <see cref="Completions"/> says.
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

    /// <summary>Wakes the waiters. The caller has made the change visible before.</summary>
    public void Set()
    {
        // The change is written and this is read. Without a full fence the processor may swap the two, and a waiter that came in
        // between would see neither the change nor the signal.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiting) is null) return;
        if (Interlocked.Exchange(ref _waiting, null) is not { } waiting) return;

        // The caller may be a ledger's own thread: waking many is left to others.
        Completions.Queue(waiting);
    }
}
