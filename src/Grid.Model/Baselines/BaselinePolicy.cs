using System.Globalization;
using Grid.Model.Time;

namespace Grid.Model.Baselines;

/// <summary>When the cut-offs of a scheme are derived from the population again.</summary>
/// <param name="Text">As operators read it; empty parts of a measure's id for the default.</param>
public abstract record BaselinePolicy(string Text)
{
    /// <summary>At every computation.</summary>
    public static readonly BaselinePolicy Continuous = new ContinuousPolicy();

    /// <summary>Whether cut-offs that are known are to be derived again at an instant.</summary>
    public abstract bool IsDue(Cutoffs known, Instant now);

    /// <summary>The first instant after another at which cut-offs derived then are due again; never for a policy without a clock.</summary>
    public virtual Instant NextAfter(Instant at) => Instant.Never;

    public sealed override string ToString() => Text;
}

public sealed record ContinuousPolicy() : BaselinePolicy("continuous")
{
    public override bool IsDue(Cutoffs known, Instant now) => true;
}

/// <summary>
/// Derived once, at the first computation that finds anybody to score after the scheme was published, and then kept until somebody asks
/// to have them frozen anew. They belong to one scheme, so that this moves no other.
/// </summary>
public sealed record FrozenPolicy(string Scheme) : BaselinePolicy("frozen")
{
    public override bool IsDue(Cutoffs known, Instant now) => known.Population == 0;
}

/// <summary>Derived at the first computation at or after a local time of day.</summary>
/// <param name="Minute">Of the local day, from 0 to 1,439.</param>
public sealed record DailyPolicy(int Minute, LocalDays Days)
    : BaselinePolicy(string.Create(CultureInfo.InvariantCulture, $"daily {Minute / 60:00}:{Minute % 60:00} {Days.Zone}"))
{
    public override bool IsDue(Cutoffs known, Instant now) => known.Population == 0 || NextAfter(known.AsOf) <= now;

    /// <summary>A time of day that the clocks skip comes when they have skipped it; one that they show twice counts the first time.</summary>
    public override Instant NextAfter(Instant at)
    {
        if (at.IsNever || at == Instant.Beginning) return at;
        var day = Days.DayOf(at) - 1;
        while (Days.At(day, Minute) <= at) day++;
        return Days.At(day, Minute);
    }
}
