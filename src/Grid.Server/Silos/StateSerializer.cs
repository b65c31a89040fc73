using System.Text.Json;
using Grid.Grains;
using Orleans.Storage;

namespace Grid.Server.Silos;

/// <summary>Serializes grain states as JSON, in the format of earlier builds.</summary>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Json));

    /// <exception cref="JsonException">The state is unreadable, and its grain cannot recompute it.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(input.ToMemory().Span, Json) ?? throw new JsonException($"A {typeof(T).Name} is stored as null.");
        }
        catch (JsonException) when (typeof(T).IsAssignableTo(typeof(IDerivedState)))
        {
            var state = Activator.CreateInstance<T>();
            ((IDerivedState)state!).IsUnreadable = true;
            return state;
        }
    }
}
