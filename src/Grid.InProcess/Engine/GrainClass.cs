using System.Collections.Concurrent;
using System.Reflection;
using Grid.InProcess.State;
using Grid.InProcess.Turns;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Core;
using Orleans.Runtime;

namespace Grid.InProcess.Engine;

/// <summary>A grain class: how its grains are made, what its attributes say, and the directory of those in memory.</summary>
public sealed class GrainClass
{
    private readonly ConcurrentDictionary<string, Activation> _directory = new();
    private readonly ObjectFactory _construct;
    private readonly PersistentStateParameter[] _states;

    internal GrainClass(GrainEngine engine, Type type, bool isObserver)
    {
        Engine = engine;
        Name = type.Name;
        IsObserver = isObserver;
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        var age = type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        IsKeptAlive = type.IsDefined(typeof(KeepAliveAttribute)) || age is { AlwaysActive: true };
        IdleAge = age?.AgeLimit ?? engine.Limits.IdleAge;
        _states = isObserver ? [] : PersistentStateParameter.Of(type);
        _construct = isObserver
            ? static (_, _) => throw new InvalidOperationException("An observer is made by its owner.")
            : ActivatorUtilities.CreateFactory(type, [.. _states.Select(state => state.ParameterType)]);
    }

    internal GrainEngine Engine { get; }

    internal string Name { get; }

    internal bool IsObserver { get; }

    internal bool IsReentrant { get; }

    internal bool IsKeptAlive { get; }

    internal TimeSpan IdleAge { get; }

    internal IEnumerable<Activation> Residents => _directory.Select(entry => entry.Value);

    /// <summary>The activation of this key, made if there is none.</summary>
    internal Activation Find(string key)
    {
        if (_directory.TryGetValue(key, out var found))
            return found;
        if (IsObserver)
            throw new OrleansMessageRejectionException($"The observer {key} is gone.");
        Engine.ThrowIfFull();
        var fresh = new Activation(this, key);
        var winner = _directory.GetOrAdd(key, fresh);
        if (ReferenceEquals(winner, fresh))
            Engine.ActivationBegan();
        return winner;
    }

    internal void Deliver(string key, Delegate continuation, object? state, CallOptions options)
    {
        while (!Find(key).TryAdd(continuation, state, options))
        {
            // That one left just now; the next look finds its successor.
        }
    }

    internal void Add(Activation observer) => _directory[observer.Key] = observer;

    internal void Remove(Activation activation) =>
        _directory.TryRemove(new KeyValuePair<string, Activation>(activation.Key, activation));

    internal void Replace(Activation gone, Activation successor) => _directory[gone.Key] = successor;

    /// <summary>Makes the grain in its activation's turn, reads its stored states and then calls its OnActivateAsync.</summary>
    internal Grain Create(Activation activation, out Task activated)
    {
        if (_states.Length == 0)
        {
            var plain = (Grain)_construct(Engine.Services, null);
            activated = plain.OnActivateAsync(CancellationToken.None);
            return plain;
        }
        var states = new object[_states.Length];
        for (var i = 0; i < states.Length; i++)
            states[i] = _states[i].Create(activation);
        var grain = (Grain)_construct(Engine.Services, states);
        activated = ActivateWithStates(grain, states);
        return grain;
    }

    private static async Task ActivateWithStates(Grain grain, object[] states)
    {
        foreach (var state in states)
            await ((IStorage)state).ReadStateAsync();
        await grain.OnActivateAsync(CancellationToken.None);
    }
}
