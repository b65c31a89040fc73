using Grid.InProcess.State;
using Grid.Ledger;

namespace Grid.Server.Engines;

/// <summary>Gives the in-process engine its states from the ledger.</summary>
internal sealed class LedgerStateStore(IStateRecords records) : IGrainStateStore
{
    public async ValueTask<StoredGrainState?> Read(string stateName, string grainKey) =>
        await records.Read(stateName, grainKey, CancellationToken.None) is { } record
            ? new StoredGrainState(record.Payload, record.Tag)
            : null;

    public ValueTask<string> Write(string stateName, string grainKey, ReadOnlyMemory<byte> payload, string? etag) =>
        records.WriteState(stateName, grainKey, payload, etag);

    public ValueTask Clear(string stateName, string grainKey, string? etag) => records.ClearState(stateName, grainKey, etag);
}
