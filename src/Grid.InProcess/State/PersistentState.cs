using System.Reflection;
using System.Text.Json;
using Grid.InProcess.Turns;
using Orleans.Runtime;

namespace Grid.InProcess.State;

/// <summary>One stored state of one grain, as JSON in the store.</summary>
internal sealed class PersistentState<TState>(string stateName, string grainKey, IGrainStateStore store, JsonSerializerOptions json)
    : IPersistentState<TState>
{
    public TState State { get; set; } = Activator.CreateInstance<TState>();

    public string? Etag { get; private set; }

    public bool RecordExists => Etag is not null;

    public async Task ReadStateAsync()
    {
        var stored = await store.Read(stateName, grainKey);
        State = stored is null
            ? Activator.CreateInstance<TState>()
            : JsonSerializer.Deserialize<TState>(stored.Payload.Span, json)
                ?? throw new JsonException($"State {stateName} of {grainKey} is stored as null.");
        Etag = stored?.Etag;
    }

    public async Task WriteStateAsync() =>
        Etag = await store.Write(stateName, grainKey, JsonSerializer.SerializeToUtf8Bytes(State, json), Etag);

    public async Task ClearStateAsync()
    {
        await store.Clear(stateName, grainKey, Etag);
        State = Activator.CreateInstance<TState>();
        Etag = null;
    }
}

/// <summary>A constructor parameter that asks for a stored state.</summary>
internal sealed record PersistentStateParameter(Type ParameterType, string StateName, Type StateClass)
{
    internal static PersistentStateParameter[] Of(Type grainType) =>
    [
        .. from parameter in grainType.GetConstructors().SelectMany(constructor => constructor.GetParameters())
           let attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()
           where attribute is not null
           select new PersistentStateParameter(
               parameter.ParameterType,
               attribute.StateName,
               typeof(PersistentState<>).MakeGenericType(parameter.ParameterType.GetGenericArguments())),
    ];

    internal object Create(Activation activation)
    {
        var engine = activation.Engine;
        return Activator.CreateInstance(StateClass, StateName, activation.Key, engine.StateStore, engine.StateJson)!;
    }
}
