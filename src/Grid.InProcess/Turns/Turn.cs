namespace Grid.InProcess.Turns;

/// <summary>A call that was let in after waiting its turn. Generated references use it; nobody else needs to.</summary>
public readonly struct Turn
{
    private readonly Activation _activation;

    internal Turn(Activation activation) => _activation = activation;

    public object Grain => _activation.Instance!;

    internal Activation Activation => _activation;

    public void Leave(CallOptions options) => _activation.Leave(options);
}

/// <summary>
/// A call that began at once on its caller's own thread, because the activation was idle: no queue, no switch of
/// threads, and when the grain completes it at once, nothing allocated. Generated references use it.
/// </summary>
public readonly ref struct InlineTurn
{
    private readonly Activation _activation;
    private readonly SynchronizationContext? _outer;
    private readonly CallOptions _options;

    internal InlineTurn(Activation activation, SynchronizationContext? outer, CallOptions options)
    {
        _activation = activation;
        _outer = outer;
        _options = options;
        SynchronizationContext.SetSynchronizationContext(activation);
    }

    public object Grain => _activation.Instance!;

    public Task End(Task task)
    {
        Close(task);
        return task;
    }

    public Task<T> End<T>(Task<T> task)
    {
        Close(task);
        return task;
    }

    public ValueTask End(ValueTask task)
    {
        var pending = task.IsCompleted ? null : task.AsTask();
        Close(pending);
        return pending is null ? task : new ValueTask(pending);
    }

    public ValueTask<T> End<T>(ValueTask<T> task)
    {
        var pending = task.IsCompleted ? null : task.AsTask();
        Close(pending);
        return pending is null ? task : new ValueTask<T>(pending);
    }

    private void Close(Task? call)
    {
        _activation.EndInline(call, _options);
        SynchronizationContext.SetSynchronizationContext(_outer);
    }
}
