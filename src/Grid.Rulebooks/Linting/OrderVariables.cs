using Grid.Model.Metrics;
using Grid.Model.Time;

namespace Grid.Rulebooks.Linting;

/// <summary>The variables of a customer's orders, and their relations: counts of nested windows, sums, and the ages of orders.</summary>
/// <param name="inDays">The scheme has a calendar: windows end with the local day.</param>
internal sealed class OrderVariables(ConstraintModel model, bool inDays)
{
    private readonly Dictionary<(Window Window, bool ExcludeRefunded), Variable> _counts = [];
    private readonly Dictionary<Window, Variable> _refunds = [];
    private readonly Dictionary<(Anchor Anchor, ValueKind Kind), Variable> _ages = [];

    public Variable Count(Window window, bool excludeRefunded = false)
    {
        var key = (window, excludeRefunded);
        if (_counts.TryGetValue(key, out var known)) return known;
        var count = model.Of($"orders {window} {excludeRefunded}", Variable.Counts, ValueKind.Count);
        _counts.Add(key, count);
        if (excludeRefunded) model.State(Relation.Ordered(count, Count(window)));
        return count;
    }

    public Variable OfCategories(CategoryOrders metric)
    {
        var names = string.Join('|', metric.Categories.Distinct().Order(StringComparer.Ordinal));
        var count = model.Of($"orders of {names} in {metric.Window}", Variable.Counts, ValueKind.Count);
        model.State(Relation.Ordered(count, Count(metric.Window)));
        return count;
    }

    public Variable Sum(OrderMetric metric)
    {
        var sum = model.Of($"{metric.Sum} {metric.Window} {metric.ExcludeRefunded}", Variable.Amounts, ValueKind.Money);
        var count = Count(metric.Window, metric.Sum == OrderSum.AverageOrderValue && metric.ExcludeRefunded);

        // Refunds of earlier orders may fall into a window without orders, so that spend is below zero.
        model.State(count.AtLeast(1), sum.AtMost(0));
        if (metric.Sum == OrderSum.AverageOrderValue) model.State(count.AtLeast(1), sum.AtLeast(0));
        return sum;
    }

    public Variable Refunds(Window window)
    {
        if (!_refunds.TryGetValue(window, out var known))
            _refunds.Add(window, known = model.Of($"refunds {window}", Variable.Counts, ValueKind.Money));
        return known;
    }

    public Variable Age(Anchor anchor, ValueKind kind)
    {
        if (!_ages.TryGetValue((anchor, kind), out var known))
            _ages.Add((anchor, kind), known = model.Of($"age {anchor} {kind}", Variable.Ages, kind));
        return known;
    }

    public Variable MedianInterval()
    {
        var median = model.Of("medianOrderInterval", Variable.Ages, ValueKind.Duration);
        model.State(median.AtLeast(Metric.Infinite), Count(Window.All).AtLeast(2));
        return median;
    }

    /// <summary>Call when every metric of the scheme has been read.</summary>
    public void StateLaws()
    {
        if (_ages.Count > 0) Count(Window.All);
        foreach (var ((window, excludeRefunded), count) in _counts)
            foreach (var ((larger, alsoExcludes), other) in _counts)
                if (excludeRefunded == alsoExcludes && window != larger && ConstraintModel.Length(window) <= ConstraintModel.Length(larger))
                    model.State(Relation.Ordered(count, other));
        foreach (var (window, sum) in _refunds)
            foreach (var (larger, other) in _refunds)
                if (window != larger && ConstraintModel.Length(window) <= ConstraintModel.Length(larger))
                    model.State(Relation.Ordered(sum, other));
        foreach (var ((anchor, kind), age) in _ages) StateAge(anchor, kind, age);
    }

    private void StateAge(Anchor anchor, ValueKind kind, Variable age)
    {
        model.State(Count(Window.All).AtLeast(1), age.AtLeast(Metric.Infinite));
        model.State(Count(Window.All).AtMost(0), age.AtMost(Variable.Large));
        if (anchor == Anchor.FirstOrder)
        {
            if (_ages.TryGetValue((Anchor.LastOrder, kind), out var last)) model.State(Relation.Ordered(last, age));
            return;
        }

        // An order inside a window is younger than the window's length. Counted in days of another calendar than the window's, its age may be one day
        // more.
        foreach (var ((window, _), count) in _counts.Where(entry => !entry.Key.Window.IsAll))
        {
            var length = ConstraintModel.Length(window);
            var most = kind == ValueKind.Duration ? length - 1
                : inDays ? (length / MillisecondsPer.Day) - 1
                : (length + MillisecondsPer.Day - 1) / MillisecondsPer.Day;
            model.State(count.AtMost(0), age.AtMost(most));
        }
    }
}
