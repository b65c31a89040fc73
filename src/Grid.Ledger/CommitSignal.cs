namespace Grid.Ledger;

/// <summary>
/// Wakes those who wait for commits: each group that this process learns of completes the tasks handed out before. A waiter that must not
/// depend on a wake-up waits with a timeout of its own; the signal has no timer.
/// </summary>
public sealed class CommitSignal
{
    // Null while nobody waits, so that a commit costs nothing then.
    private TaskCompletionSource? _waiting;

    /// <summary>
    /// Completes with the next group and never fails. Take it before reading the commits: a group that the reading missed completes it.
    /// Continuations run on the thread pool.
    /// </summary>
    public Task Next()
    {
        while (true)
        {
            if (Volatile.Read(ref _waiting) is { } waiting) return waiting.Task;
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Interlocked.CompareExchange(ref _waiting, fresh, null) is null) return fresh.Task;
        }
    }

    /// <summary>Wakes the waiters. The caller has made the group readable before.</summary>
    internal void Committed()
    {
        // The group's number is written and this is read. Without a full fence the processor may swap the two, and a waiter that came in
        // between would see neither the group nor the signal.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiting) is null) return;
        if (Interlocked.Exchange(ref _waiting, null) is not { } waiting) return;

        // On a lane's own thread: waking many is left to the pool.
        ThreadPool.UnsafeQueueUserWorkItem(static woken => woken.TrySetResult(), waiting, preferLocal: false);
    }
}
