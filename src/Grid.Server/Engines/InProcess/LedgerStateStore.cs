using Grid.InProcess.State;
using Grid.Ledger;
using Orleans.Storage;

namespace Grid.Server.Engines;

/// <summary>Keeps the persistent states of grains in the ledger, beside the customers.</summary>
internal sealed class LedgerStateStore(IStateRecords records) : IGrainStateStore
{
    public async ValueTask<StoredGrainState?> Read(string stateName, string grainKey) =>
        await records.Read(stateName, grainKey, CancellationToken.None) is { } record
            ? new StoredGrainState(record.Payload, record.Tag)
            : null;

    public async ValueTask<string> Write(string stateName, string grainKey, ReadOnlyMemory<byte> payload, string? etag) =>
        Tag(await records.Write(stateName, grainKey, payload, etag), stateName, grainKey, etag)!;

    public async ValueTask Clear(string stateName, string grainKey, string? etag) =>
        Tag(await records.Clear(stateName, grainKey, etag), stateName, grainKey, etag);

    private static string? Tag(RecordOutcome outcome, string stateName, string grainKey, string? etag) => outcome switch
    {
        RecordWritten written => written.Tag,
        RecordConflict conflict => throw new InconsistentStateException(
            $"State {stateName} of {grainKey} was written by another activation.", conflict.Actual ?? "none", etag ?? "none"),
        _ => throw new InvalidOperationException(outcome.GetType().Name),
    };
}
