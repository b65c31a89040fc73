using Grid.Model.Schemes.Definitions;

namespace Grid.Model.Schemes.Linting;

/// <summary>The whole numbers from <paramref name="Low"/> to <paramref name="High"/>, both included.</summary>
internal readonly record struct Span(long Low, long High);

/// <summary>A set of whole numbers: disjoint spans, the lowest first.</summary>
internal sealed class Values(IReadOnlyList<Span> spans)
{
    public static readonly Values Every = Between(long.MinValue, long.MaxValue);

    public IReadOnlyList<Span> Spans => spans;

    public bool IsEmpty => spans.Count == 0;

    public bool IsSingle => spans.Count == 1 && spans[0].Low == spans[0].High;

    public long Min => spans[0].Low;

    public long Max => spans[^1].High;

    public static Values Between(long low, long high) => new(low > high ? [] : [new Span(low, high)]);

    public static Values AtLeast(long bound) => Between(bound, long.MaxValue);

    public static Values AtMost(long bound) => Between(long.MinValue, bound);

    public static Values Only(long value) => Between(value, value);

    /// <summary>The values for which a comparison holds.</summary>
    public static Values Of(Operator @operator, long bound) => @operator switch
    {
        Operator.Equal => Only(bound),
        Operator.NotEqual => Only(bound).Complement(),
        Operator.Less => AtLeast(bound).Complement(),
        Operator.AtMost => AtMost(bound),
        Operator.Greater => AtMost(bound).Complement(),
        _ => AtLeast(bound),
    };

    public Values Complement()
    {
        List<Span> others = [];
        var next = long.MinValue;
        foreach (var (low, high) in spans)
        {
            if (low > next) others.Add(new Span(next, low - 1));
            if (high == long.MaxValue) return new Values(others);
            next = high + 1;
        }

        others.Add(new Span(next, long.MaxValue));
        return new Values(others);
    }

    public Values Intersect(Values other)
    {
        List<Span> common = [];
        var (mine, theirs) = (0, 0);
        while (mine < spans.Count && theirs < other.Spans.Count)
        {
            var (left, right) = (spans[mine], other.Spans[theirs]);
            var (low, high) = (Math.Max(left.Low, right.Low), Math.Min(left.High, right.High));
            if (low <= high) common.Add(new Span(low, high));
            if (left.High < right.High) mine++;
            else theirs++;
        }

        return new Values(common);
    }

    public Values Union(Values other) => Complement().Intersect(other.Complement()).Complement();

    public bool IsWithin(Values other) => Intersect(other.Complement()).IsEmpty;

    public bool Overlaps(Values other) => !Intersect(other).IsEmpty;

    public bool Contains(long value)
    {
        foreach (var (low, high) in spans)
            if (low <= value && value <= high)
                return true;
        return false;
    }
}
