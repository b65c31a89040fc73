namespace Grid.Load.Engine;

/// <summary>Completes its callers a batch at a time from a thread of its own, as a ledger's group commit does.</summary>
internal sealed class Batches
{
    private const int BatchMax = 500;

    private readonly Lock _gate = new();
    private TaskCompletionSource _open = New();
    private int _joined;

    internal Task Join()
    {
        TaskCompletionSource joined;
        lock (_gate)
        {
            joined = _open;
            if (++_joined < BatchMax)
                return joined.Task;
            _open = New();
            _joined = 0;
        }
        Close(joined);
        return joined.Task;
    }

    /// <summary>Completes whoever waits in a batch that is not full.</summary>
    internal void Flush()
    {
        TaskCompletionSource joined;
        lock (_gate)
        {
            joined = _open;
            _open = New();
            _joined = 0;
        }
        Close(joined);
    }

    private static void Close(TaskCompletionSource batch) =>
        ThreadPool.UnsafeQueueUserWorkItem(static batch => batch.SetResult(), batch, preferLocal: false);

    private static TaskCompletionSource New() => new();
}
