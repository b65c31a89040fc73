using System.Text.Json;
using Grid.Grains;
using Orleans.Storage;

namespace Grid.Server.Silos;

/// <summary>Grain states as JSON, in the form that earlier builds stored too.</summary>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Json));

    /// <exception cref="JsonException">The state cannot be read, and not be computed again either.</exception>
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
