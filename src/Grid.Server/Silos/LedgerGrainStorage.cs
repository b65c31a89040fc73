using System.Text.Json;
using Grid.Ledger;
using Orleans.Storage;

namespace Grid.Server.Silos;

/// <summary>Gives Orleans its states from the ledger.</summary>
internal sealed class LedgerGrainStorage(IStateRecords records) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = await records.Read(stateName, KeyOf(grainId), CancellationToken.None);
        grainState.State = record is null
            ? Activator.CreateInstance<T>()
            : JsonSerializer.Deserialize<T>(record.Payload, GrainStates.Json)
                ?? throw new JsonException($"State {stateName} of {grainId} is stored as null.");
        (grainState.ETag, grainState.RecordExists) = (record?.Tag, record is not null);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(grainState.State, GrainStates.Json);
        grainState.ETag = await records.WriteState(stateName, KeyOf(grainId), payload, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await records.ClearState(stateName, KeyOf(grainId), grainState.ETag);
        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
    }

    private static string KeyOf(GrainId grain) => grain.Key.ToString()!;
}
