using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Metrics;

/// <summary>Interactions of some kinds, or of all, inside a window.</summary>
public sealed class InteractionMetric(IReadOnlyList<string>? kinds, Window window) : Metric
{
    /// <summary>Null: of all kinds.</summary>
    public IReadOnlyList<string>? Kinds => kinds;

    public Window Window => window;

    public override ValueKind Kind => ValueKind.Count;

    public override FactKinds Reads => FactKinds.Interactions;

    public override long Value(Customer customer, Instant now, Baseline baseline) => customer.Interactions.Count(kinds, window, now);

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) =>
        customer.Interactions.NextChange(kinds, window, now);
}

/// <summary>Views of some categories, or of all, inside a window.</summary>
public sealed class BrowseMetric(IReadOnlyList<string>? categories, Window window) : Metric
{
    /// <summary>Null: of all categories.</summary>
    public IReadOnlyList<string>? Categories => categories;

    public Window Window => window;

    public override ValueKind Kind => ValueKind.Count;

    public override FactKinds Reads => FactKinds.Browses;

    public override long Value(Customer customer, Instant now, Baseline baseline) => customer.Browses.Count(categories, window, now);

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) =>
        customer.Browses.NextChange(categories, window, now);
}

/// <summary>Time spent on some categories, or on all, inside a window.</summary>
public sealed class DwellMetric(IReadOnlyList<string>? categories, Window window) : Metric
{
    /// <summary>Null: of all categories.</summary>
    public IReadOnlyList<string>? Categories => categories;

    public Window Window => window;

    public override ValueKind Kind => ValueKind.Duration;

    public override FactKinds Reads => FactKinds.Browses;

    public override long Value(Customer customer, Instant now, Baseline baseline) =>
        customer.Browses.Dwell(categories, window, now) * MillisecondsPer.Second;

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) =>
        customer.Browses.NextChange(categories, window, now);
}
