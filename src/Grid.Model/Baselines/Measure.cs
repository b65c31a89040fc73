using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Time;

namespace Grid.Model.Baselines;

/// <summary>
/// A value per customer whose distribution over the population makes cut-offs. The population is everyone with an order inside the
/// window. Two measures of the same <see cref="Id"/> are one.
/// </summary>
/// <param name="what">The ranked or scored value, for example <c>rank spend(90d) of 90d</c>.</param>
/// <param name="mode">How values become scores.</param>
/// <param name="policy">When its cut-offs are derived; a measure of another policy is another measure.</param>
/// <param name="margins">The id names those that are not the default.</param>
public abstract class Measure(string what, Window population, ScoreMode mode, BaselinePolicy policy, Margins? margins)
{
    /// <summary>The value of a customer outside the population.</summary>
    public const long Absent = long.MinValue;

    /// <summary>For example <c>rank spend(90d) of 90d</c>.</summary>
    public string Id { get; } = policy switch
    {
        FrozenPolicy frozen => $"{what} frozen for {frozen.Scheme}",
        DailyPolicy daily => $"{what} {daily}",
        _ => what,
    } + (margins ?? Margins.Default);

    public ScoreMode Mode => mode;

    public BaselinePolicy Policy => policy;

    public Margins Margins { get; } = margins ?? Margins.Default;

    /// <summary>Whether other tools bin this value as an age: the older the order, the larger the age and the smaller the value.</summary>
    public virtual bool IsRecency => false;

    /// <summary>In the modes of the R package, the distance between a quantile and the begin of the next bin.</summary>
    public virtual long Step => 1;

    public abstract FactKinds Reads { get; }

    /// <summary>Whether the values are scores from 1 to 5 already; the baseline then derives only their mean.</summary>
    public abstract bool IsScore { get; }

    protected Window Population { get; } = population;

    public long Value(Customer customer, Instant now)
    {
        var memo = customer.Readings;
        return memo.TryGetValue(this, now, out var known)
            ? known
            : memo.PutValue(this, now, customer.Orders.Any(Population, now) ? Read(customer, now) : Absent);
    }

    /// <summary>
    /// The first instant after <paramref name="now"/> at which time alone changes the value. This instant is a deadline of the customer, so it must
    /// be exact: a deadline that changes nothing commits nothing and would stay due for ever.
    /// </summary>
    public Instant NextChange(Customer customer, Instant now)
    {
        var memo = customer.Readings;
        return memo.TryGetNext(this, now, out var known) ? known : memo.PutNext(this, now, FindNextChange(customer, now));
    }

    private Instant FindNextChange(Customer customer, Instant now)
    {
        var value = Value(customer, now);
        if (value == Absent && customer.Orders.QuietFrom <= now) return Instant.Never;
        for (var at = NextCandidate(customer, now); !at.IsNever; at = NextCandidate(customer, at))
            if (Value(customer, at) != value)
                return at;
        return Instant.Never;
    }

    protected virtual Instant NextCandidate(Customer customer, Instant now) =>
        Instant.Min(customer.Orders.NextChange(Population, now), NextReading(customer, now));

    protected abstract long Read(Customer customer, Instant now);

    protected abstract Instant NextReading(Customer customer, Instant now);
}

/// <summary>A metric, ranked over the population.</summary>
/// <param name="step">Of the modes of the R package: one order, or one unit of money in minor units.</param>
public sealed class RankedMetric(Metric metric, Window population, ScoreMode mode, long step, BaselinePolicy policy, Margins? margins = null)
    : Measure($"{mode.Name()} {metric.Text} of {population}", population, mode, policy, margins)
{
    public RankedMetric(Metric metric, Window population, BaselinePolicy policy, Margins? margins = null)
        : this(metric, population, ScoreMode.Rank, 1, policy, margins)
    {
    }

    public Metric Metric => metric;

    public override long Step => step;

    public override FactKinds Reads => metric.Reads | FactKinds.Orders;

    public override bool IsScore => false;

    protected override long Read(Customer customer, Instant now) => metric.Value(customer, now, Baseline.None);

    protected override Instant NextReading(Customer customer, Instant now) => metric.NextChange(customer, now, Baseline.None);
}

/// <summary>
/// The instant of the last order, ranked: the same order as recency, but independent of the passing of time. In a calendar the local
/// day of it, so that orders of one day tie.
/// </summary>
public sealed class RankedRecency(
    Window population, LocalDays? calendar, ScoreMode mode, BaselinePolicy policy, Margins? margins = null)
    : Measure($"{mode.Name()} lastOrder of {population}{(calendar is null ? "" : " in " + calendar.Zone)}", population, mode, policy, margins)
{
    public override bool IsRecency => true;

    /// <summary>A day.</summary>
    public override long Step => calendar is null ? MillisecondsPer.Day : 1;

    /// <summary>Null: values are instants, else local days.</summary>
    public LocalDays? Calendar => calendar;

    public override FactKinds Reads => FactKinds.Orders;

    public override bool IsScore => false;

    protected override long Read(Customer customer, Instant now)
    {
        var last = customer.Orders.LastAt(now)!.Value;
        return calendar is null ? last.Milliseconds : calendar.DayOf(last);
    }

    /// <summary>Once the last known fact lies in the past, only the last order matters, and only until it leaves the window.</summary>
    protected override Instant NextCandidate(Customer customer, Instant now) =>
        customer.Orders.QuietFrom <= now && customer.Orders.LastAt(now) is { } last && Population.Leaves(last) > now
            ? Population.Leaves(last)
            : base.NextCandidate(customer, now);

    protected override Instant NextReading(Customer customer, Instant now) => Instant.Never;
}

/// <summary>A metric compared with four fixed bounds: the score is the value, and the baseline adds only the mean.</summary>
/// <param name="metric">An age, or a count or sum.</param>
/// <param name="bounds">Best first. An age below the first scores 5; anything else at or above the first scores 5.</param>
/// <param name="zone">The calendar's zone, empty without one; part of the id.</param>
public sealed class BandedMetric(Metric metric, IReadOnlyList<long> bounds, Window population, string zone, BaselinePolicy policy, Margins? margins = null)
    : Measure(
        $"bands {metric.Text} {string.Join('/', bounds)} of {population}{(zone.Length == 0 ? "" : " in " + zone)}",
        population,
        ScoreMode.Rank,
        policy,
        margins)
{
    private readonly long[] _bounds = [.. bounds];
    private readonly bool _smallIsGood = metric.Kind is ValueKind.Duration or ValueKind.Days;

    public Metric Metric => metric;

    /// <summary>The bounds of the scores 5, 4, 3 and 2.</summary>
    public IReadOnlyList<long> Bounds => _bounds;

    public bool SmallIsGood => _smallIsGood;

    public override FactKinds Reads => metric.Reads | FactKinds.Orders;

    public override bool IsScore => true;

    protected override long Read(Customer customer, Instant now)
    {
        var value = metric.Value(customer, now, Baseline.None);
        var score = 5;
        foreach (var bound in _bounds)
        {
            if (_smallIsGood ? value < bound : value >= bound) return score;
            score--;
        }

        return score;
    }

    protected override Instant NextReading(Customer customer, Instant now)
    {
        // A count or a sum changes seldom and is read again then; an age changes all the time, so its bounds are computed.
        if (!_smallIsGood) return metric.NextChange(customer, now, Baseline.None);
        var next = Instant.Never;
        foreach (var bound in _bounds) next = Instant.Min(next, metric.StaysUntil(customer, now, Baseline.None, bound));
        return next;
    }
}
