using System.Text.Json;
using Grid.Ledger;
using Orleans.Storage;

namespace Grid.Server.Silos;

/// <summary>
/// The persistent states of grains as either engine keeps them in the ledger, beside the customers: a ledger can be taken over from one
/// engine by the other. See decision 0011.
/// </summary>
internal static class GrainStates
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <returns>The new tag.</returns>
    /// <exception cref="InconsistentStateException">The stored state has another tag.</exception>
    public static async ValueTask<string> WriteState(
        this IStateRecords records, string stateName, string grainKey, ReadOnlyMemory<byte> payload, string? tag) =>
        Tag(await records.Write(stateName, grainKey, payload, tag), stateName, grainKey, tag)!;

    /// <exception cref="InconsistentStateException">The stored state has another tag.</exception>
    public static async ValueTask ClearState(this IStateRecords records, string stateName, string grainKey, string? tag) =>
        Tag(await records.Clear(stateName, grainKey, tag), stateName, grainKey, tag);

    private static string? Tag(RecordOutcome outcome, string stateName, string grainKey, string? tag) => outcome switch
    {
        RecordWritten written => written.Tag,
        RecordConflict conflict => throw new InconsistentStateException(
            $"State {stateName} of {grainKey} was written by another activation.", conflict.Actual ?? "none", tag ?? "none"),
        _ => throw new InvalidOperationException(outcome.GetType().Name),
    };
}
