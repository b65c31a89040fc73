namespace Grid.Ledger;

/// <summary>
/// Tasks that code completes by hand. Their waiters resume on the thread pool, or, in a thread with a synchronization context, through
/// that context. A server has none; a simulation has one, which makes every order of continuations repeatable.
/// </summary>
public static class Completions
{
    /// <summary>
    /// A source whose waiters do not run inside the call that completes it. Some combinators (<c>WaitAsync</c>, <c>WhenAny</c>) leave for the
    /// thread pool when a source asks for asynchronous continuations; under a context every await posts anyway.
    /// </summary>
    public static TaskCompletionSource New() =>
        new(SynchronizationContext.Current is null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);

    /// <summary>Completes a source soon, outside this call.</summary>
    public static void Queue(TaskCompletionSource source)
    {
        if (SynchronizationContext.Current is { } context) context.Post(static woken => ((TaskCompletionSource)woken!).TrySetResult(), source);
        else ThreadPool.UnsafeQueueUserWorkItem(static woken => woken.TrySetResult(), source, preferLocal: false);
    }
}
