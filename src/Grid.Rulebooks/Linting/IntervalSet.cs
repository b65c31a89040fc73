using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>The whole numbers from <paramref name="Low"/> to <paramref name="High"/>, both included.</summary>
internal readonly record struct Interval(long Low, long High);

/// <summary>A set of whole numbers: disjoint spans, the lowest first.</summary>
internal sealed class IntervalSet(IReadOnlyList<Interval> spans)
{
    public static readonly IntervalSet Every = Between(long.MinValue, long.MaxValue);

    public IReadOnlyList<Interval> Spans => spans;

    public bool IsEmpty => spans.Count == 0;

    public bool IsSingle => spans.Count == 1 && spans[0].Low == spans[0].High;

    public long Min => spans[0].Low;

    public long Max => spans[^1].High;

    public static IntervalSet Between(long low, long high) => new(low > high ? [] : [new Interval(low, high)]);

    public static IntervalSet AtLeast(long bound) => Between(bound, long.MaxValue);

    public static IntervalSet AtMost(long bound) => Between(long.MinValue, bound);

    public static IntervalSet Only(long value) => Between(value, value);

    /// <summary>The values for which a comparison holds.</summary>
    public static IntervalSet From(Operator @operator, long bound) => @operator switch
    {
        Operator.Equal => Only(bound),
        Operator.NotEqual => Only(bound).Complement(),
        Operator.Less => AtLeast(bound).Complement(),
        Operator.AtMost => AtMost(bound),
        Operator.Greater => AtMost(bound).Complement(),
        _ => AtLeast(bound),
    };

    public IntervalSet Complement()
    {
        List<Interval> others = [];
        var next = long.MinValue;
        foreach (var (low, high) in spans)
        {
            if (low > next) others.Add(new Interval(next, low - 1));
            if (high == long.MaxValue) return new IntervalSet(others);
            next = high + 1;
        }

        others.Add(new Interval(next, long.MaxValue));
        return new IntervalSet(others);
    }

    public IntervalSet Intersect(IntervalSet other)
    {
        List<Interval> common = [];
        var (mine, theirs) = (0, 0);
        while (mine < spans.Count && theirs < other.Spans.Count)
        {
            var (left, right) = (spans[mine], other.Spans[theirs]);
            var (low, high) = (Math.Max(left.Low, right.Low), Math.Min(left.High, right.High));
            if (low <= high) common.Add(new Interval(low, high));
            if (left.High < right.High) mine++;
            else theirs++;
        }

        return new IntervalSet(common);
    }

    public IntervalSet Union(IntervalSet other) => Complement().Intersect(other.Complement()).Complement();

    public bool IsWithin(IntervalSet other) => Intersect(other.Complement()).IsEmpty;

    public bool Overlaps(IntervalSet other) => !Intersect(other).IsEmpty;

    public bool Contains(long value)
    {
        foreach (var (low, high) in spans)
            if (low <= value && value <= high)
                return true;
        return false;
    }
}
