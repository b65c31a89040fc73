using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Orleans.Storage;

namespace Grid.Simulation.Worlds;

/// <summary>A grain's stored state: a copy in the world's storage, written only with the tag of the last write.</summary>
internal sealed class StoredState<T>(World world, string key, Func<T, T> copy)
    where T : class, new()
{
    private long _tag;

    public T State { get; private set; } = new();

    public async Task Read()
    {
        await world.Storage.Reach(Access.Read);
        if (!world.Storage.States.TryGetValue(key, out var stored)) return;
        (_tag, State) = (stored.Tag, copy((T)stored.State));
    }

    public async Task Write()
    {
        var written = copy(State);
        await world.Storage.Reach(Access.Write);
        var tag = world.Storage.States.TryGetValue(key, out var stored) ? stored.Tag : 0;
        if (tag != _tag) throw new InconsistentStateException($"{key} was written by another: {tag}, not {_tag}");
        world.Storage.States[key] = (tag + 1, written);
        await world.Storage.Answer(Access.Write);
        _tag = tag + 1;
    }
}

/// <summary>What serialization does to a state: a copy that shares nothing that changes.</summary>
internal static class StateCopies
{
    public static RulebookState From(RulebookState state) => new() { History = [.. state.History], Answered = [.. state.Answered] };

    public static BaselineState From(BaselineState state) => new()
    {
        Number = state.Number,
        AsOf = state.AsOf,
        Cuts = state.Cuts,
        Moving = state.Moving,
        Rulebook = state.Rulebook,
        Epoch = state.Epoch,
    };

    public static SegmentState From(SegmentState state) => new()
    {
        Position = state.Position,
        Counts = new Dictionary<string, long>(state.Counts),
        Flows = [.. state.Flows],
        Series = [.. state.Series.Select(From)],
        DaysSince = state.DaysSince,
        Format = state.Format,
    };

    private static FlowSeries From(FlowSeries series) => new()
    {
        From = series.From,
        To = series.To,
        Length = series.Length,
        First = series.First,
        Counts = [.. series.Counts],
    };
}
