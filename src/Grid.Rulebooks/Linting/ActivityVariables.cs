using Grid.Model.Metrics;
using Grid.Model.Time;

namespace Grid.Rulebooks.Linting;

/// <summary>
/// The variables of a customer's interactions and views, and their relations: fewer names or a shorter window give a smaller count.
/// </summary>
internal sealed class ActivityVariables(ConstraintModel model, bool inDays)
{
    private readonly List<Tally> _tallies = [];
    private Variable? _lastActivity;

    private enum Activity
    {
        Interactions,
        Browses,
        Dwell,
    }

    public Variable Of(InteractionMetric metric) => Of(Activity.Interactions, metric.Kinds, metric.Window);

    public Variable Of(BrowseMetric metric) => Of(Activity.Browses, metric.Categories, metric.Window);

    public Variable Of(DwellMetric metric)
    {
        var dwell = Of(Activity.Dwell, metric.Categories, metric.Window);
        model.State(dwell.AtMost(0), Of(Activity.Browses, metric.Categories, metric.Window).AtLeast(1));
        return dwell;
    }

    public Variable LastActivity(ValueKind kind) => _lastActivity ??= model.Of($"age {Anchor.LastActivity}", Variable.Ages, kind);

    /// <summary>Call when every metric of the scheme has been read.</summary>
    public void StateLaws()
    {
        if (_lastActivity is not null) StateLastActivity(_lastActivity);
        foreach (var tally in _tallies)
            foreach (var larger in _tallies)
                if (!ReferenceEquals(tally, larger) && tally.IsWithin(larger))
                    model.State(Relation.Ordered(tally.Unknown, larger.Unknown));
    }

    private void StateLastActivity(Variable age)
    {
        var interactions = Of(Activity.Interactions, null, Window.All);
        var browses = Of(Activity.Browses, null, Window.All);
        model.State(age.AtLeast(Metric.Infinite), interactions.AtLeast(1), browses.AtLeast(1));
        foreach (var tally in _tallies.Where(tally => tally.Activity != Activity.Dwell))
        {
            var length = ConstraintModel.Length(tally.Window);
            var most = tally.Window.IsAll ? Variable.Large : inDays ? (length / MillisecondsPer.Day) - 1 : length - 1;
            model.State(tally.Unknown.AtMost(0), age.AtMost(most));
        }
    }

    private Variable Of(Activity activity, IReadOnlyList<string>? names, Window window)
    {
        var key = $"{activity} {(names is null ? "" : string.Join('|', names.Distinct().Order(StringComparer.Ordinal)))} in {window}";
        var variable = model.Of(key, Variable.Counts, activity == Activity.Dwell ? ValueKind.Duration : ValueKind.Count);
        if (_tallies.TrueForAll(tally => tally.Unknown != variable)) _tallies.Add(new Tally(activity, names, window, variable));
        return variable;
    }

    private sealed record Tally(Activity Activity, IReadOnlyList<string>? Names, Window Window, Variable Unknown)
    {
        public bool IsWithin(Tally larger) =>
            Activity == larger.Activity && ConstraintModel.Length(Window) <= ConstraintModel.Length(larger.Window)
            && (larger.Names is null || Names?.All(larger.Names.Contains) == true);
    }
}
