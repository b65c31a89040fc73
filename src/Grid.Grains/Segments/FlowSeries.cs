namespace Grid.Grains.Segments;

/// <summary>
/// The number of customers who moved from one layer to another, for each kept span of one length, up to the newest span with a move.
/// </summary>
[GenerateSerializer, Alias("grid.flow-series")]
public sealed class FlowSeries
{
    [Id(0)] public string? From { get; set; }

    [Id(1)] public string? To { get; set; }

    /// <summary>Milliseconds: a minute, an hour or a day.</summary>
    [Id(2)] public long Length { get; set; }

    /// <summary>Number of the first span that is counted; span n begins at n times the length after 1970.</summary>
    [Id(3)] public long First { get; set; }

    /// <summary>The counts from the first span on; bounded by the number of kept spans.</summary>
    [Id(4)] public List<long> Counts { get; set; } = [];

    /// <param name="span">The span's number. A span older than the kept ones is not counted.</param>
    public void Add(long span, long count, int spansKept)
    {
        if (Counts.Count == 0) First = span;
        var last = First + Counts.Count - 1;
        if (span <= last - spansKept) return;
        if (span - last >= spansKept)
        {
            Counts.Clear();
            First = span;
        }

        while (span < First)
        {
            Counts.Insert(0, 0);
            First--;
        }

        while (span >= First + Counts.Count) Counts.Add(0);
        Counts[(int)(span - First)] += count;
        ForgetBefore(First + Counts.Count - spansKept);
    }

    public void ForgetBefore(long span)
    {
        if (span <= First) return;
        Counts.RemoveRange(0, (int)Math.Min(Counts.Count, span - First));
        First = span;
    }
}
