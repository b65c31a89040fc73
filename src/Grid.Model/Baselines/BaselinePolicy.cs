using System.Globalization;
using Grid.Model.Time;

namespace Grid.Model.Baselines;

/// <summary>When the cut-offs of a scheme are derived from the population again.</summary>
/// <param name="Text">The policy as operators read it; empty for the default, so that it adds nothing to a measure's id.</param>
public abstract record BaselinePolicy(string Text)
{
    /// <summary>At every computation.</summary>
    public static readonly BaselinePolicy Continuous = new ContinuousPolicy();

    /// <summary>Whether existing cut-offs must be derived again at an instant.</summary>
    public abstract bool IsDue(Cutoffs known, Instant now);

    /// <summary>The first instant after another at which cut-offs derived then must be derived again; never for a policy without a clock.</summary>
    public virtual Instant NextAfter(Instant at) => Instant.Never;

    public sealed override string ToString() => Text;
}

public sealed record ContinuousPolicy() : BaselinePolicy("continuous")
{
    public override bool IsDue(Cutoffs known, Instant now) => true;
}

/// <summary>
/// Cut-offs are derived once, at the first computation after the scheme's publication that finds a customer to score. They stay until an operator
/// freezes them anew. They belong to one scheme, so that freezing them anew moves customers in no other scheme.
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

    /// <summary>A time of day that the clocks skip counts as the instant of the jump; a time that they show twice counts the first time.</summary>
    public override Instant NextAfter(Instant at)
    {
        if (at.IsNever || at == Instant.Beginning) return at;
        var day = Days.DayOf(at) - 1;
        while (Days.At(day, Minute) <= at) day++;
        return Days.At(day, Minute);
    }
}
