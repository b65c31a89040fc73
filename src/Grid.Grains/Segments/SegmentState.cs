using System.Text.Json.Serialization;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Grains.Segments;

/// <summary>Position, counts and flows, stored together, so that a restart continues from exactly this position.</summary>
[GenerateSerializer, Alias("grid.segment-state")]
public sealed class SegmentState : IDerivedState
{
    private const int FlowsInSeries = 1;

    /// <summary>How many spans of each length are kept: an hour of minutes, a week of hours, a good year of days.</summary>
    private static readonly (long Length, int Kept)[] Spans =
        [(MillisecondsPer.Minute, 61), (MillisecondsPer.Hour, (7 * 24) + 1), (MillisecondsPer.Day, 400)];

    // An index of the series; built when first needed.
    [NonSerialized] private Dictionary<(string? From, string? To), FlowSeries[]>? _pairs;

    // The minute of the last removal of old spans: within one minute no further span becomes too old.
    [NonSerialized] private long _prunedAt = long.MinValue;

    [Id(0)] public string Position { get; set; } = "0";

    [Id(1)] public Dictionary<string, long> Counts { get; set; } = [];

    /// <summary>Flows as format 0 kept them; empty once they are in <see cref="Series"/>.</summary>
    [Id(2)] public List<Flow> Flows { get; set; } = [];

    /// <summary>One per pair of layers and length, ordered by nothing; bounded by the pairs that occur.</summary>
    [Id(3)] public List<FlowSeries> Series { get; set; } = [];

    /// <summary>From when on the flows per day are complete. Milliseconds since 1970; the least number for all that are kept.</summary>
    [Id(4)] public long DaysSince { get; set; } = long.MinValue;

    /// <summary>0 for a state from before there were series.</summary>
    [Id(5)] public int Format { get; set; }

    /// <summary>The log's mark at <see cref="Position"/> (<see cref="LogFingerprint"/>); null from a build that stored none.</summary>
    [Id(6)] public string? Mark { get; set; }

    [Id(7), JsonIgnore] public bool IsUnreadable { get; set; }

    public void Fold(Transition transition)
    {
        if (transition.From is not null) Counts[transition.From] = Counts.GetValueOrDefault(transition.From) - 1;
        if (transition.To is not null) Counts[transition.To] = Counts.GetValueOrDefault(transition.To) + 1;
        var series = SeriesOf(transition.From, transition.To);
        for (var index = 0; index < Spans.Length; index++)
            series[index].Add(SpanAt(transition.RecordedAt.Milliseconds, Spans[index].Length), 1, Spans[index].Kept);
    }

    /// <summary>Converts the flows of an earlier format: its hours make the first, incomplete days.</summary>
    public void Upgrade(Instant now)
    {
        if (Format == FlowsInSeries) return;
        foreach (var flow in Flows)
        {
            var series = SeriesOf(flow.From, flow.To);
            for (var index = 0; index < Spans.Length; index++)
                if (Spans[index].Length == flow.Length || (flow.Length == MillisecondsPer.Hour && Spans[index].Length == MillisecondsPer.Day))
                    series[index].Add(SpanAt(flow.Start, Spans[index].Length), flow.Count, Spans[index].Kept);
        }

        if (Position != "0") DaysSince = now.Plus(-MillisecondsPer.Day).FloorToHour().Milliseconds;
        Flows = [];
        Format = FlowsInSeries;
    }

    /// <summary>Removes the spans that are too old.</summary>
    public void Prune(Instant now)
    {
        var minute = SpanAt(now.Milliseconds, MillisecondsPer.Minute);
        if (minute == _prunedAt) return;
        _prunedAt = minute;
        foreach (var series in Series)
            series.ForgetBefore(SpanAt(now.Milliseconds, series.Length) - KeptOf(series.Length) + 1);
        if (Series.RemoveAll(series => series.Counts.Count == 0) > 0) _pairs = null;
    }

    /// <summary>The flows of the spans of one length that reach into a stretch of time.</summary>
    public IEnumerable<Flow> FlowsWithin(FlowStretch stretch)
    {
        var first = SpanAt(stretch.From, stretch.Length);
        foreach (var series in Series)
        {
            if (series.Length != stretch.Length) continue;
            for (var span = Math.Max(first, series.First); span < series.First + series.Counts.Count; span++)
            {
                if (span * series.Length >= stretch.To) break;
                if (series.Counts[(int)(span - series.First)] is var count and > 0)
                    yield return new Flow(span * series.Length, series.Length, series.From, series.To, count);
            }
        }
    }

    /// <summary>The begin of the earliest span of a length that is kept and complete.</summary>
    public Instant KeptFrom(long length, Instant now)
    {
        var kept = (SpanAt(now.Milliseconds, length) - KeptOf(length) + 1) * length;
        return new Instant(length == MillisecondsPer.Day ? Math.Max(kept, DaysSince) : kept);
    }

    private FlowSeries[] SeriesOf(string? from, string? to)
    {
        _pairs ??= Series.GroupBy(series => (series.From, series.To)).ToDictionary(
            pair => pair.Key, pair => Array.ConvertAll(Spans, span => pair.FirstOrDefault(series => series.Length == span.Length)!));
        if (!_pairs.TryGetValue((from, to), out var found)) _pairs.Add((from, to), found = new FlowSeries[Spans.Length]);
        for (var index = 0; index < found.Length; index++)
        {
            if (found[index] is not null) continue;
            found[index] = new FlowSeries { From = from, To = to, Length = Spans[index].Length };
            Series.Add(found[index]);
        }

        return found;
    }

    private static int KeptOf(long length) => Array.Find(Spans, span => span.Length == length).Kept;

    private static long SpanAt(long at, long length) => at >= 0 ? at / length : (at - length + 1) / length;
}
