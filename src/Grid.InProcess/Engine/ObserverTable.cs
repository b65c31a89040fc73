using System.Collections.Concurrent;
using Grid.InProcess.Turns;
using Orleans;
using Orleans.Runtime;

namespace Grid.InProcess.Engine;

/// <summary>The objects outside of the grains that grains may notify; each takes its notifications one after the other.</summary>
internal sealed class ObserverTable(GrainEngine engine)
{
    // The gate guards both.
    private readonly Lock _gate = new();
    private readonly Dictionary<IGrainObserver, Activation> _activations = new(ReferenceEqualityComparer.Instance);
    private long _created;

    private readonly ConcurrentDictionary<Type, GrainClass> _classes = new();

    internal GrainReference Add(Type observerInterface, IGrainObserver observer)
    {
        var make = GrainReferences.MakerOf(observerInterface);
        lock (_gate)
        {
            if (!_activations.TryGetValue(observer, out var activation))
            {
                if (_activations.Count >= engine.Limits.ObserversMax)
                    throw new LimitExceededException($"There are already {_activations.Count} observers.");
                var observers = _classes.GetOrAdd(observer.GetType(), type => new GrainClass(engine, type, isObserver: true));
                activation = Activation.ForObserver(observers, $"{++_created}", observer);
                observers.Add(activation);
                _activations.Add(observer, activation);
            }
            return make(activation.Class, activation.Key);
        }
    }

    internal void Remove(GrainReference reference)
    {
        Activation? activation = null;
        lock (_gate)
        {
            if (reference.Class.Find(reference.Key).Instance is IGrainObserver observer) _activations.Remove(observer, out activation);
        }
        activation?.RequestDeactivation(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The observer was removed."));
    }
}
