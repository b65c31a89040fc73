namespace Grid.InProcess.State;

/// <summary>Where grains keep what they declare as persistent state. One record for each state of each grain.</summary>
public interface IGrainStateStore
{
    /// <summary>The stored record, or null when there is none.</summary>
    ValueTask<StoredGrainState?> Read(string stateName, string grainKey);

    /// <summary>Stores a record in place of the one with this etag (null: there is none yet) and returns its new etag.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">The stored record has another etag.</exception>
    ValueTask<string> Write(string stateName, string grainKey, ReadOnlyMemory<byte> payload, string? etag);

    /// <summary>Removes the record with this etag (null: there is none).</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">The stored record has another etag.</exception>
    ValueTask Clear(string stateName, string grainKey, string? etag);
}

/// <param name="Payload">UTF-8 JSON; whoever gets it does not change it.</param>
/// <param name="Etag">Changes with every write.</param>
public sealed record StoredGrainState(ReadOnlyMemory<byte> Payload, string Etag);
