namespace Grid.Ledger;

/// <summary>
/// Tasks that code completes by hand. Their waiters resume on the thread pool or, on a thread with a synchronization context, through that context. A
/// server has no such context; a simulation has one, which makes the order of all continuations repeatable.
/// </summary>
public static class Completions
{
    /// <summary>
    /// A source whose waiters do not run inside the call that completes it. Some combinators (<c>WaitAsync</c>, <c>WhenAny</c>) move to the thread
    /// pool when a source has asynchronous continuations; under a context every await posts anyway.
    /// </summary>
    public static TaskCompletionSource New() =>
        new(SynchronizationContext.Current is null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);

    /// <summary>Completes a source soon, but not inside this call.</summary>
    public static void Queue(TaskCompletionSource source)
    {
        if (SynchronizationContext.Current is { } context) context.Post(static woken => ((TaskCompletionSource)woken!).TrySetResult(), source);
        else ThreadPool.UnsafeQueueUserWorkItem(static woken => woken.TrySetResult(), source, preferLocal: false);
    }
}
