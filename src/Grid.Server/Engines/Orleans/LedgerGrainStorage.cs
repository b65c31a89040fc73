using System.Text.Json;
using Grid.Ledger;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Server.Engines.Orleans;

/// <summary>
/// Keeps the persistent states of grains in the ledger, beside the customers, as the in-process engine does: a ledger can be taken over
/// from one engine by the other. See decision 0011.
/// </summary>
internal sealed class LedgerGrainStorage(IStateRecords records) : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = await records.Read(stateName, KeyOf(grainId), CancellationToken.None);
        grainState.State = record is null
            ? Activator.CreateInstance<T>()
            : JsonSerializer.Deserialize<T>(record.Payload, Json) ?? throw new JsonException($"State {stateName} of {grainId} is stored as null.");
        (grainState.ETag, grainState.RecordExists) = (record?.Tag, record is not null);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json);
        grainState.ETag = Tag(await records.Write(stateName, KeyOf(grainId), payload, grainState.ETag), stateName, grainId, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Tag(await records.Clear(stateName, KeyOf(grainId), grainState.ETag), stateName, grainId, grainState.ETag);
        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
    }

    private static string KeyOf(GrainId grain) => grain.Key.ToString()!;

    private static string? Tag(RecordOutcome outcome, string stateName, GrainId grain, string? tag) => outcome switch
    {
        RecordWritten written => written.Tag,
        RecordConflict conflict => throw new InconsistentStateException(
            $"State {stateName} of {grain} was written by another activation.", conflict.Actual ?? "none", tag ?? "none"),
        _ => throw new InvalidOperationException(outcome.GetType().Name),
    };
}
