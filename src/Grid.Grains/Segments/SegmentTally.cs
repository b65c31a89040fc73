using Grid.Ledger;

namespace Grid.Grains.Segments;

/// <summary>The counts of a segment, from which the transitions after an earlier position can be subtracted again.</summary>
public sealed class SegmentTally(SegmentSnapshot snapshot)
{
    private readonly Dictionary<string, long> _counts = new(snapshot.Counts);

    /// <summary>Customers by layer; a layer that never had a member is missing.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>The position up to which the segment had counted.</summary>
    public LogPosition Position { get; } =
        LogPosition.TryParse(snapshot.Position, out var position) ? position : throw new FormatException(snapshot.Position);

    public void TakeOut(LogPage page)
    {
        foreach (var item in page.Items)
        {
            var transition = item.Transition;
            if (item.Sequence > Position[item.Lane] || transition.Scheme != snapshot.Scheme) continue;
            if (transition.To is { } to) _counts[to] = _counts.GetValueOrDefault(to) - 1;
            if (transition.From is { } from) _counts[from] = _counts.GetValueOrDefault(from) + 1;
        }
    }
}
