using Orleans.Storage;

namespace Grid.InProcess.State;

/// <summary>Keeps grain states for the life of the process.</summary>
public sealed class MemoryGrainStateStore : IGrainStateStore
{
    // The gate guards both.
    private readonly Lock _gate = new();
    private readonly Dictionary<(string State, string Grain), StoredGrainState> _records = [];
    private long _writes;

    public ValueTask<StoredGrainState?> Read(string stateName, string grainKey)
    {
        lock (_gate)
            return ValueTask.FromResult(_records.GetValueOrDefault((stateName, grainKey)));
    }

    public ValueTask<string> Write(string stateName, string grainKey, ReadOnlyMemory<byte> payload, string? etag)
    {
        lock (_gate)
        {
            ThrowIfChanged(stateName, grainKey, etag);
            var written = new StoredGrainState(payload.ToArray(), (++_writes).ToString());
            _records[(stateName, grainKey)] = written;
            return ValueTask.FromResult(written.Etag);
        }
    }

    public ValueTask Clear(string stateName, string grainKey, string? etag)
    {
        lock (_gate)
        {
            ThrowIfChanged(stateName, grainKey, etag);
            _records.Remove((stateName, grainKey));
            return ValueTask.CompletedTask;
        }
    }

    private void ThrowIfChanged(string stateName, string grainKey, string? etag)
    {
        var stored = _records.GetValueOrDefault((stateName, grainKey))?.Etag;
        if (!string.Equals(stored, etag))
            throw new InconsistentStateException($"State {stateName} of {grainKey} is at etag {stored ?? "none"}, not {etag ?? "none"}.");
    }
}
