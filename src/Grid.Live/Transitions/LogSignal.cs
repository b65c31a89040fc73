using Grid.Ledger;

namespace Grid.Live.Transitions;

/// <summary>Wakes everyone who follows the log: at each commit, and at each poll in case a nudge was lost.</summary>
internal sealed class LogSignal : ICommitObserver, IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(LiveLimits.LogPollMilliseconds);
    private readonly IDisposable _observing;
    private readonly ITimer _polling;

    // Null while nobody waits, so that commits cost nothing then. Taken out by whoever wakes the waiting.
    private TaskCompletionSource? _waiting;

    public LogSignal(ILedger ledger, TimeProvider time)
    {
        _polling = time.CreateTimer(_ => Wake(), null, Poll, Poll);
        _observing = ledger.Observe(this);
    }

    /// <summary>Completes with the next commit or poll. Taken before the log is read, so that no commit falls in between.</summary>
    public Task Next()
    {
        while (true)
        {
            if (Volatile.Read(ref _waiting) is { } waiting) return waiting.Task;
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Interlocked.CompareExchange(ref _waiting, fresh, null) is null) return fresh.Task;
        }
    }

    public void Committed(IReadOnlyList<CommittedCustomer> customers, LogPosition head)
    {
        // On the ledger's own thread: waking thousands is left to the pool.
        if (Volatile.Read(ref _waiting) is null) return;
        ThreadPool.UnsafeQueueUserWorkItem(static signal => signal.Wake(), this, preferLocal: false);
    }

    public void Dispose()
    {
        _observing.Dispose();
        _polling.Dispose();
    }

    private void Wake() => Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
}
