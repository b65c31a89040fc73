using Grid.Model.Transitions;

namespace Grid.Ledger;

/// <summary>
/// A reader's place in the transition log: the last sequence read of each lane, because numbers given by different lanes become
/// visible out of order. Written <c>12.40.7</c>; the start of the log is <c>0</c>.
/// </summary>
public sealed class LogPosition : IEquatable<LogPosition>
{
    public static readonly LogPosition Start = new(0);

    private readonly long[] _lanes;

    public LogPosition(params ReadOnlySpan<long> lanes) => _lanes = lanes.ToArray();

    public int Lanes => _lanes.Length;

    /// <summary>The last sequence read of a lane; 0 for a lane without any.</summary>
    public long this[int lane] => lane < _lanes.Length ? _lanes[lane] : 0;

    public LogPosition With(int lane, long sequence) => new(LaneNumbers.With(_lanes, lane, sequence));

    /// <summary>Whether this position includes everything up to <paramref name="other"/>.</summary>
    public bool Covers(LogPosition other) => LaneNumbers.Cover(_lanes, other._lanes);

    /// <summary>The position at which both have been read: lane by lane the later of the two.</summary>
    public LogPosition Later(LogPosition other) => new(LaneNumbers.Merge(_lanes, other._lanes, Math.Max));

    /// <summary>The position up to which both have been read: lane by lane the earlier of the two.</summary>
    public LogPosition Earlier(LogPosition other) => new(LaneNumbers.Merge(_lanes, other._lanes, Math.Min));

    /// <exception cref="FormatException">The text is no position.</exception>
    public static LogPosition Parse(string text) =>
        TryParse(text, out var position) ? position : throw new FormatException($"'{text}' is no position of the log.");

    public static bool TryParse(string? text, out LogPosition position)
    {
        var parsed = LaneNumbers.TryParse(text, out var lanes);
        position = parsed ? new LogPosition(lanes) : Start;
        return parsed;
    }

    public bool Equals(LogPosition? other) => other is not null && Covers(other) && other.Covers(this);

    public override bool Equals(object? obj) => Equals(obj as LogPosition);

    public override int GetHashCode() => this[0].GetHashCode();

    public override string ToString() => string.Join('.', _lanes);
}

/// <summary>A transition with its position in the log.</summary>
public sealed record LoggedTransition(int Lane, long Sequence, Transition Transition);

/// <summary>A page of the log; <paramref name="Next"/> is the position of the next page.</summary>
public sealed record LogPage(IReadOnlyList<LoggedTransition> Items, LogPosition Next);
