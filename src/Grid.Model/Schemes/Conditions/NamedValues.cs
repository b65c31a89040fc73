using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Model.Schemes.Conditions;

/// <summary>A condition over names instead of numbers: tags, traits, plans, sources.</summary>
public abstract class NamedCondition(string text, FactKinds reads) : Condition
{
    public override string Text => text;

    public override FactKinds Reads => reads;

    public override IEnumerable<Metric> Metrics => [];

    /// <summary>The customer's value, for an explanation; null when it has none.</summary>
    public abstract string? Actual(Customer customer, Instant now);
}

/// <summary><c>tags has vip</c>, <c>tags lacks vip</c>.</summary>
public sealed class TagCondition(string tag, bool has, string text) : NamedCondition(text, FactKinds.Tags)
{
    public string Tag => tag;

    /// <summary>The name that the deriving rule gives the tag; null for a tag that is only set by hand.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>True: the customer must have the tag. False: it must not.</summary>
    public bool Has => has;

    public override bool Holds(Customer customer, Instant now, Baseline baseline) => Find(customer)?.HoldsAt(now) == true == has;

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true) =>
        Find(customer) is { } entry && entry.HoldsAt(now) ? entry.ExpiresAt : Instant.Never;

    public override string? Actual(Customer customer, Instant now)
    {
        var held = new List<string>();
        foreach (ref readonly var entry in customer.Attributes.Tags)
            if (entry.HoldsAt(now))
                held.Add(entry.Name);
        return held.Count == 0 ? null : string.Join(", ", held);
    }

    private TagEntry? Find(Customer customer)
    {
        foreach (ref readonly var entry in customer.Attributes.Tags)
            if (entry.Name == tag)
                return entry;
        return null;
    }
}

/// <summary>
/// A trait compared with one value or several. <c>&lt;</c>, <c>&gt;</c> and their variants compare numbers; they do not hold for a trait that is
/// missing or no number.
/// </summary>
public sealed class TraitCondition(string trait, Operator @operator, IReadOnlyList<TraitLiteral> literals, string text)
    : NamedCondition(text, FactKinds.Traits)
{

    public string Trait => trait;

    public Operator Operator => @operator;

    /// <summary>What it is compared with.</summary>
    public IReadOnlyList<TraitLiteral> Literals => literals;

    /// <summary>The texts of what it is compared with.</summary>
    public IReadOnlyList<string> Values { get; } = [.. literals.Select(literal => literal.Text)];

    public override bool Holds(Customer customer, Instant now, Baseline baseline) => Holds(Find(customer));

    /// <param name="value">Null: the customer has no such trait.</param>
    public bool Holds(TraitValue? value)
    {
        switch (@operator)
        {
            case Operator.Equal or Operator.In: return value is not null && IsOneOf(value.Value);
            case Operator.NotEqual: return value is null || !IsOneOf(value.Value);
        }

        if (value?.AsNumber() is not { } number || literals[0].Number is not { } bound) return false;
        return @operator switch
        {
            Operator.Less => number < bound,
            Operator.AtMost => number <= bound,
            Operator.Greater => number > bound,
            _ => number >= bound,
        };
    }

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true) => Instant.Never;

    public override string? Actual(Customer customer, Instant now) => Find(customer)?.Text;

    private bool IsOneOf(TraitValue value)
    {
        for (var index = 0; index < literals.Count; index++)
            if (literals[index].Meets(value))
                return true;
        return false;
    }

    private TraitValue? Find(Customer customer)
    {
        foreach (ref readonly var entry in customer.Attributes.Traits)
            if (entry.Name == trait)
                return entry.Value;
        return null;
    }
}

/// <summary>The paid membership: <c>active</c> while any plan runs, <c>expired</c> after, else <c>none</c>.</summary>
public sealed class MembershipCondition(IReadOnlyList<string> values, bool equal, string text) : NamedCondition(text, FactKinds.Memberships)
{
    public static readonly IReadOnlyList<string> States = ["active", "expired", "none"];

    /// <summary>The membership states, of which one must be the customer's.</summary>
    public bool Holds(string state) => values.Contains(state) == equal;

    public override bool Holds(Customer customer, Instant now, Baseline baseline) => Holds(Actual(customer, now));

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true)
    {
        var next = Instant.Never;
        foreach (ref readonly var plan in customer.Attributes.Plans)
        {
            if (plan.At > now) next = Instant.Min(next, plan.At);
            if (plan.Until > now) next = Instant.Min(next, plan.Until);
        }

        return next;
    }

    public override string Actual(Customer customer, Instant now)
    {
        var state = "none";
        foreach (ref readonly var plan in customer.Attributes.Plans)
        {
            if (plan.At > now) continue;
            if (now < plan.Until) return "active";
            state = "expired";
        }

        return state;
    }
}

/// <summary>Where the customer came from: the source of the first community joined.</summary>
public sealed class SourceCondition(IReadOnlyList<string> values, bool equal, string text) : NamedCondition(text, FactKinds.Community)
{
    /// <summary>The sources it is compared with.</summary>
    public IReadOnlyList<string> Values => values;

    /// <summary>True: the source must be one of the values. False: it must be none of them.</summary>
    public bool Equal => equal;

    public override bool Holds(Customer customer, Instant now, Baseline baseline) => Holds(Actual(customer, now));

    /// <param name="source">Null: from no community.</param>
    public bool Holds(string? source) => values.Contains(source ?? string.Empty) == equal;

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true) => Instant.Never;

    public override string? Actual(Customer customer, Instant now)
    {
        CommunityEntry? first = null;
        foreach (ref readonly var entry in customer.Attributes.Communities)
            if (first is null || entry.At < first.Value.At || (entry.At == first.Value.At && entry.Key.CompareTo(first.Value.Key) < 0))
                first = entry;
        return first?.Source;
    }
}
