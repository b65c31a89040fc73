namespace Grid.Simulation.Worlds;

/// <summary>A call on its way to a grain. It is made even when its caller has given up.</summary>
/// <param name="key">The key of the grain.</param>
/// <param name="interleaves">Runs beside the other calls of its grain.</param>
internal abstract class Request(Silo? from, string key, bool interleaves)
{
    public Silo? From => from;

    public string Key => key;

    public bool Interleaves => interleaves;

    /// <summary>The silo of the activation that runs the call; null while it is under way.</summary>
    public Silo? At { get; set; }

    /// <summary>Makes the call in the activation's turns; never throws.</summary>
    /// <param name="activation">Null for a call to a silo itself.</param>
    public abstract Task Run(Activation? activation, World world);

    public abstract void Fail(Exception failure);
}

internal sealed class Request<TResult>(Silo? from, string key, bool interleaves, Func<Activation, Task<TResult>> call)
    : Request(from, key, interleaves)
{
    private readonly TaskCompletionSource<TResult> _reply = new();

    public Task<TResult> Reply => _reply.Task;

    public override async Task Run(Activation? activation, World world)
    {
        try
        {
            var result = await call(activation!);
            world.Answer(this, () => _reply.TrySetResult(result));
        }
        catch (Exception failure)
        {
            world.Answer(this, () => _reply.TrySetException(failure));
        }
    }

    public override void Fail(Exception failure) => _reply.TrySetException(failure);
}
