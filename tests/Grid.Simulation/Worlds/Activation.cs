namespace Grid.Simulation.Worlds;

/// <summary>A grain in a silo: one call at a time, unless it or the call interleaves.</summary>
internal abstract class Activation(World world, Silo silo, string key) : Actor(world.Scheduler, $"{key}@{silo.Number}")
{
    private Task? _activating;
    private Task _last = Task.CompletedTask;
    private int _calls;

    public string Key => key;

    public Silo Silo => silo;

    /// <summary>Marks the activation as leaving: it takes no new calls; the next call reaches another activation.</summary>
    public bool HasLeft { get; private set; }

    public bool IsActive => _activating is { IsCompletedSuccessfully: true };

    public bool IsIdle => _calls == 0;

    protected World World => world;

    protected virtual bool IsReentrant => false;

    public void Accept(Request request)
    {
        request.At = silo;
        _calls++;
        Begin(() => Take(request));
    }

    protected abstract Task Activate();

    /// <summary>As <c>DeactivateOnIdle</c>: running calls continue.</summary>
    protected virtual void Leave()
    {
        HasLeft = true;
        world.Forget(this);
    }

    private async Task Take(Request request)
    {
        try
        {
            await (_activating ??= Activate());
        }
        catch (Exception failure)
        {
            _calls--;
            if (!HasLeft) Leave();
            world.Answer(request, () => request.Fail(failure));
            return;
        }

        if (IsReentrant || request.Interleaves) await request.Run(this, world);
        else await InTurn(request);
        _calls--;
    }

    private async Task InTurn(Request request)
    {
        var before = _last;
        var done = new TaskCompletionSource();
        _last = done.Task;
        await before;

        // As the runtime does, which forwards the calls that wait for a deactivating activation.
        if (HasLeft) world.Forward(request);
        else await request.Run(this, world);
        done.SetResult();
    }
}
