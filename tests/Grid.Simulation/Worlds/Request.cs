namespace Grid.Simulation.Worlds;

/// <summary>A call on its way to a grain. Its caller may have given up; it is made all the same.</summary>
/// <param name="key">Of the grain.</param>
/// <param name="interleaves">Runs beside the other calls of its grain.</param>
internal abstract class Request(Silo? from, string key, bool interleaves)
{
    public Silo? From => from;

    public string Key => key;

    public bool Interleaves => interleaves;

    /// <summary>The silo of the activation that has it; null while it is under way.</summary>
    public Silo? At { get; set; }

    /// <summary>Makes the call in the activation's turns; never throws.</summary>
    /// <param name="activation">Null where a silo itself is asked.</param>
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
