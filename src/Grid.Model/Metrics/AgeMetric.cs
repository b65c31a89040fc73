using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Metrics;

/// <summary>The instant that an age counts from.</summary>
public enum Anchor
{
    LastOrder,
    FirstOrder,

    /// <summary>The quarter of an hour of the last interaction or browse.</summary>
    LastActivity,

    Joined,
}

/// <summary>Time since an anchor, in milliseconds or, in a calendar, in whole local days. It grows all the time, so its deadlines are computed.</summary>
/// <param name="calendar">Null: elapsed milliseconds.</param>
public sealed class AgeMetric(Anchor anchor, LocalDays? calendar) : Metric
{
    public Anchor Anchor => anchor;

    public override ValueKind Kind => calendar is null ? ValueKind.Duration : ValueKind.Days;

    public override FactKinds Reads => anchor switch
    {
        Anchor.LastActivity => FactKinds.Interactions | FactKinds.Browses,
        Anchor.Joined => FactKinds.All,
        _ => FactKinds.Orders,
    };

    public override long Value(Customer customer, Instant now, Baseline baseline)
    {
        var since = Since(customer, now);
        if (since is null) return Infinite;
        return calendar is null
            ? now.Milliseconds - since.Value.Milliseconds
            : calendar.DayOf(now) - calendar.DayOf(since.Value);
    }

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline)
    {
        if (Since(customer, now) is null) return NextAnchor(customer, now);
        var grows = calendar is null ? now.Plus(1) : calendar.StartOf(calendar.DayOf(now) + 1);
        return Instant.Min(grows, NextAnchor(customer, now));
    }

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, long bound)
    {
        var next = NextAnchor(customer, now);
        var since = Since(customer, now);
        if (since is null || bound == Infinite) return next;
        var reached = Reaches(since.Value, bound);
        if (reached <= now) reached = Reaches(since.Value, bound + 1);
        return reached <= now ? next : Instant.Min(next, reached);
    }

    /// <summary>The first instant at which the age is at least <paramref name="age"/>.</summary>
    private Instant Reaches(Instant since, long age) =>
        calendar is null ? since.Plus(age) : calendar.StartOf((int)Math.Min(int.MaxValue / 2, calendar.DayOf(since) + age));

    private Instant? Since(Customer customer, Instant now) => anchor switch
    {
        Anchor.LastOrder => customer.Orders.LastAt(now),
        Anchor.FirstOrder => customer.Orders.FirstAt(now),
        Anchor.Joined => customer.JoinedAt <= now ? customer.JoinedAt : null,
        _ => Latest(customer.Interactions.LastAt(now), customer.Browses.LastAt(now)),
    };

    private Instant NextAnchor(Customer customer, Instant now) => anchor switch
    {
        Anchor.LastActivity => Instant.Min(
            customer.Interactions.NextChange(null, Window.All, now), customer.Browses.NextChange(null, Window.All, now)),
        Anchor.Joined => customer.JoinedAt > now ? customer.JoinedAt : Instant.Never,
        _ => customer.Orders.NextChange(Window.All, now),
    };

    private static Instant? Latest(Instant? left, Instant? right) => left is null ? right : right is null ? left : Instant.Max(left.Value, right.Value);
}
