namespace Grid.Ledger;

/// <summary>
/// Small named records beside the customers, for the states of all other grains (rulebook, baseline, positions and counts of segments). A write
/// succeeds only with the record's latest tag; it is durable when the call returns.
/// </summary>
public interface IStateRecords
{
    /// <summary>The record, or null when there is none.</summary>
    ValueTask<StateRecord?> Read(string name, string key, CancellationToken cancellation);

    /// <param name="tag">The tag of the record as it was read; null when there was none.</param>
    ValueTask<RecordOutcome> Write(string name, string key, ReadOnlyMemory<byte> payload, string? tag);

    /// <summary>Removes the payload. The record's next tag still differs from all earlier ones, so that a late writer is refused.</summary>
    ValueTask<RecordOutcome> Clear(string name, string key, string? tag);
}

public sealed record StateRecord(byte[] Payload, string Tag);

public abstract record RecordOutcome;

/// <summary>Durable. <paramref name="Tag"/> is null after a clear.</summary>
public sealed record RecordWritten(string? Tag) : RecordOutcome;

/// <summary>
/// Another writer changed the record first; its tag is <paramref name="Actual"/> (null: it cleared the record). Nothing was written.
/// </summary>
public sealed record RecordConflict(string? Actual) : RecordOutcome;
