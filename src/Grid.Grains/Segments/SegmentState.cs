using Grid.Model.Time;
using Grid.Model.Transitions;
using Orleans;

namespace Grid.Grains.Segments;

/// <summary>Position, counts and flows, stored together, so that a restart goes on from exactly there.</summary>
[GenerateSerializer, Alias("grid.segment-state")]
public sealed class SegmentState
{
    private const long MinutesKept = 61 * MillisecondsPer.Minute;
    private const long HoursKept = 25 * MillisecondsPer.Hour;

    [Id(0)] public string Position { get; set; } = "0";

    [Id(1)] public Dictionary<string, long> Counts { get; set; } = [];

    /// <summary>Ordered by nothing; bounded by the spans kept times the pairs of layers.</summary>
    [Id(2)] public List<Flow> Flows { get; set; } = [];

    public void Fold(Transition transition)
    {
        if (transition.From is not null) Counts[transition.From] = Counts.GetValueOrDefault(transition.From) - 1;
        Counts[transition.To] = Counts.GetValueOrDefault(transition.To) + 1;
        Flow(transition, MillisecondsPer.Minute);
        Flow(transition, MillisecondsPer.Hour);
    }

    /// <summary>Forgets the spans that are older than the longest question.</summary>
    public void Prune(Instant now) =>
        Flows.RemoveAll(flow =>
            flow.Start < now.Milliseconds - (flow.Length == MillisecondsPer.Minute ? MinutesKept : HoursKept));

    private void Flow(Transition transition, long length)
    {
        var at = transition.RecordedAt.Milliseconds;
        var start = at - ((at % length + length) % length);
        for (var index = Flows.Count - 1; index >= 0; index--)
        {
            var flow = Flows[index];
            if (flow.Start != start || flow.Length != length || flow.From != transition.From || flow.To != transition.To) continue;
            Flows[index] = flow with { Count = flow.Count + 1 };
            return;
        }

        Flows.Add(new Flow(start, length, transition.From, transition.To, 1));
    }
}
