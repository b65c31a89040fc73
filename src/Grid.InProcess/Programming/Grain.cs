using Grid.InProcess.Turns;
using Orleans.Runtime;

namespace Orleans;

public interface IGrainBase
{
    Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The base of all grain classes. The engine constructs a grain inside of its activation's first turn.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation? _activation = SynchronizationContext.Current as Activation;

    protected IGrainFactory GrainFactory => Activation.Engine;

    protected internal IServiceProvider ServiceProvider => Activation.Engine.Services;

    internal Activation Activation => _activation
        ?? throw new InvalidOperationException("Grain was created outside of the engine, which alone can give it a key and a factory.");

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets this activation go as soon as the calls now running have ended; calls that wait go to a fresh one.</summary>
    protected void DeactivateOnIdle() => Activation.RequestDeactivation(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));
}

public static class GrainExtensions
{
    public static string GetPrimaryKeyString(this IAddressable grain) => grain switch
    {
        Grain instance => instance.Activation.Key,
        GrainReference reference => reference.Key,
        _ => throw new ArgumentException($"{grain?.GetType().FullName} is neither a grain nor a reference to one.", nameof(grain)),
    };
}
