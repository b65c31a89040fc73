using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Schemes.Conditions;

/// <summary><c>plan = gold</c>: a paid plan of that name runs now; <c>plan != gold</c>: none does.</summary>
public sealed class PlanCondition(IReadOnlyList<string> values, bool equal, string text) : NamedCondition(text, FactKinds.Memberships)
{
    public IReadOnlyList<string> Values => values;

    /// <summary>True: one of the plans must run. False: none may.</summary>
    public bool Equal => equal;

    public override bool Holds(Customer customer, Instant now, Baseline baseline)
    {
        foreach (ref readonly var plan in customer.Attributes.Plans)
            if (Runs(plan, now) && values.Contains(plan.Plan))
                return equal;
        return !equal;
    }

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true)
    {
        var next = Instant.Never;
        foreach (ref readonly var plan in customer.Attributes.Plans)
        {
            if (!values.Contains(plan.Plan)) continue;
            if (plan.At > now) next = Instant.Min(next, plan.At);
            if (plan.Until > now) next = Instant.Min(next, plan.Until);
        }

        return next;
    }

    public override string? Actual(Customer customer, Instant now)
    {
        var running = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var plan in customer.Attributes.Plans)
            if (Runs(plan, now))
                running.Add(plan.Plan);
        return running.Count == 0 ? null : string.Join(", ", running);
    }

    private static bool Runs(in PlanEntry plan, Instant now) => plan.At <= now && now < plan.Until;
}
