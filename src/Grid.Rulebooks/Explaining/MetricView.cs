using Grid.Model.Customers;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;

namespace Grid.Rulebooks.Explaining;

/// <summary>A metric of the customer at the instant of the query, formatted by <see cref="AnswerText"/>.</summary>
/// <param name="Name">The metric as a scheme writes it; where it depends on the scheme or its calendar, with this one as a prefix.</param>
public sealed record MetricView(string Name, string Value)
{
    private static readonly (string Name, string[] Arguments)[] Usual =
    [
        ("orders", []), ("orders", ["90d"]), ("spend", []), ("spend", ["90d"]), ("refunds", []), ("aov", []),
        ("repurchases", []), ("recency", []), ("firstOrder", []), ("medianOrderInterval", []), ("lastActivity", []),
        ("interactions", ["30d"]), ("browse", ["30d"]), ("referrals", []), ("points", []), ("growth", []), ("joined", []),
    ];

    /// <summary>The usual metrics, then all others that conditions of the rulebook compare.</summary>
    internal static List<MetricView> From(EvaluationContext context, Rulebook rulebook)
    {
        var vocabulary = new Vocabulary(null, null, context.Currency, rulebook.Points);
        var usual = Usual.Select(one => vocabulary.Metric(one.Name, one.Arguments)).Select(metric => (metric.Text, Metric: metric));
        var compared = rulebook.Schemes.SelectMany(scheme =>
            scheme.Rules.SelectMany(rule => rule.When?.Metrics ?? []).Select(metric => (Text: NameIn(scheme, metric), Metric: metric)));
        var views = usual.Concat(compared).DistinctBy(one => one.Text)
            .Select(one => new MetricView(one.Text, context.Text(one.Metric))).ToList();
        views.Add(new MetricView("membership", new MembershipCondition([], true, string.Empty).Actual(context.Customer, context.Now)));
        foreach (var (name, value) in Named(context))
            if (value is not null)
                views.Add(new MetricView(name, value));
        return views;
    }

    /// <summary>Values that are names instead of numbers; null when the customer has none.</summary>
    private static IEnumerable<(string Name, string? Value)> Named(EvaluationContext context)
    {
        var (customer, now) = (context.Customer, context.Now);
        yield return ("plan", new PlanCondition([], true, string.Empty).Actual(customer, now));
        yield return ("source", new SourceCondition([], true, string.Empty).Actual(customer, now));
        yield return ("favouriteCategory", customer.Orders.Favourite(FavouriteOf.Category, Window.All, LocalDays.Utc, now));
        yield return ("favouriteChannel", customer.Orders.Favourite(FavouriteOf.Channel, Window.All, LocalDays.Utc, now));
        yield return ("favouriteSeason", customer.Orders.Favourite(FavouriteOf.Season, Window.All, LocalDays.Utc, now));
    }

    private static string NameIn(Scheme scheme, Metric metric)
    {
        var name = metric is TopMetric top ? $"{metric.Text} <= {top.PerMille / 10m:0.#}%" : metric.Text;
        if (metric is ScoreMetric or ScoreSumMetric or ScoredMetric) return $"{scheme.Id}: {name}";
        return scheme.Definition.Calendar is { } calendar ? $"{calendar}: {name}" : name;
    }
}
