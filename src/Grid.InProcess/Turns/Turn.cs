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
        var completed = task.IsCompleted;
        if (!completed)
            task = Leaving(_activation, task, _options);
        End(completed);
        return task;
    }

    public Task<T> End<T>(Task<T> task)
    {
        var completed = task.IsCompleted;
        if (!completed)
            task = Leaving(_activation, task, _options);
        End(completed);
        return task;
    }

    public ValueTask End(ValueTask task)
    {
        var completed = task.IsCompleted;
        if (!completed)
            task = new ValueTask(Leaving(_activation, task.AsTask(), _options));
        End(completed);
        return task;
    }

    public ValueTask<T> End<T>(ValueTask<T> task)
    {
        var completed = task.IsCompleted;
        if (!completed)
            task = new ValueTask<T>(Leaving(_activation, task.AsTask(), _options));
        End(completed);
        return task;
    }

    private void End(bool completed)
    {
        _activation.EndInline(completed, _options);
        SynchronizationContext.SetSynchronizationContext(_outer);
    }

    // These run up to their await inside of the turn, so that they resume in one, directly behind the grain's own last step.
    private static async Task Leaving(Activation activation, Task task, CallOptions options)
    {
        try
        {
            await task;
        }
        finally
        {
            activation.Leave(options);
        }
    }

    private static async Task<T> Leaving<T>(Activation activation, Task<T> task, CallOptions options)
    {
        try
        {
            return await task;
        }
        finally
        {
            activation.Leave(options);
        }
    }
}
