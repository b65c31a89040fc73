namespace Grid.Ledger;

/// <summary>
/// A position in the commits: for each lane the number of the last batch read. It counts batches; <see cref="LogPosition"/> counts transitions.
/// Written <c>12.40</c>; before the first batch it is <c>0</c>.
/// </summary>
/// <remarks>
/// When one process owns the ledger (SQLite, memory), batches are numbered from 1 at each start: a position is valid only within its process.
/// </remarks>
public sealed class CommitPosition : IEquatable<CommitPosition>
{
    public static readonly CommitPosition Start = new(0);

    private readonly long[] _lanes;

    public CommitPosition(params ReadOnlySpan<long> lanes) => _lanes = lanes.ToArray();

    public int Lanes => _lanes.Length;

    /// <summary>The last batch of a lane; 0 for a lane not seen yet.</summary>
    public long this[int lane] => lane < _lanes.Length ? _lanes[lane] : 0;

    public CommitPosition With(int lane, long batch) => new(LaneNumbers.With(_lanes, lane, batch));

    /// <summary>Whether this position includes everything up to <paramref name="other"/>.</summary>
    public bool Covers(CommitPosition other) => LaneNumbers.Cover(_lanes, other._lanes);

    /// <summary>Lane by lane the later of the two.</summary>
    public CommitPosition Later(CommitPosition other) => new(LaneNumbers.Merge(_lanes, other._lanes, Math.Max));

    /// <summary>Lane by lane the earlier of the two.</summary>
    public CommitPosition Earlier(CommitPosition other) => new(LaneNumbers.Merge(_lanes, other._lanes, Math.Min));

    /// <exception cref="FormatException">The text is no position.</exception>
    public static CommitPosition Parse(string text) =>
        TryParse(text, out var position) ? position : throw new FormatException($"'{text}' is no position of the log.");

    public static bool TryParse(string? text, out CommitPosition position)
    {
        var parsed = LaneNumbers.TryParse(text, out var lanes);
        position = parsed ? new CommitPosition(lanes) : Start;
        return parsed;
    }

    public bool Equals(CommitPosition? other) => other is not null && Covers(other) && other.Covers(this);

    public override bool Equals(object? obj) => Equals(obj as CommitPosition);

    public override int GetHashCode() => this[0].GetHashCode();

    public override string ToString() => string.Join('.', _lanes);
}
