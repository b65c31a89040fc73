using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Model.Schemes.Conditions;

/// <summary>
/// <c>favouriteCategory(365d) = shoes</c>, and the same of channel and season. A customer without such an order has no favourite, and then
/// only <c>!=</c> holds.
/// </summary>
/// <param name="days">Whose local dates tell the season.</param>
public sealed class FavouriteCondition(
    FavouriteOf what, Window window, LocalDays days, IReadOnlyList<string> values, bool equal, string text)
    : NamedCondition(text, FactKinds.Orders)
{
    public FavouriteOf What => what;

    public Window Window => window;

    public IReadOnlyList<string> Values => values;

    /// <summary>True: the favourite must be one of the values. False: it must be none of them.</summary>
    public bool Equal => equal;

    public override bool Holds(Customer customer, Instant now, Baseline baseline) =>
        Holds(Actual(customer, now));

    /// <summary>The season of an order at an instant.</summary>
    public string SeasonAt(Instant at) => Favourites.SeasonOf(at, days);

    /// <param name="favourite">Null: the customer has none.</param>
    public bool Holds(string? favourite) => (favourite is not null && values.Contains(favourite)) == equal;

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, bool measured = true)
    {
        // Most customers buy none, or nothing but, of these values; the shortcut then avoids a walk through all orders that leave the window.
        if (customer.Orders.FavouriteSurelyStays(values, what, window, days, now) is { } until) return until;
        var holds = Holds(customer, now, baseline);
        for (var at = customer.Orders.FavouriteStays(what, window, days, now); !at.IsNever; at = customer.Orders.FavouriteStays(what, window, days, at))
            if (Holds(customer, at, baseline) != holds)
                return at;
        return Instant.Never;
    }

    public override string? Actual(Customer customer, Instant now) => customer.Orders.Favourite(what, window, days, now);

    /// <param name="calendar">The scheme's, null for rolling windows and the seasons of UTC.</param>
    internal static FavouriteCondition Create(FavouriteOf what, ComparisonDefinition leaf, LocalDays? calendar)
    {
        if (leaf.Arguments.Count > 1)
        {
            throw new VocabularyException(
                $"{leaf.Metric} 只有一个参数，即时间窗：{leaf.Metric}(365d)", $"{leaf.Metric} takes one argument, a window: {leaf.Metric}(365d)");
        }

        var window = leaf.Arguments.Count == 0 ? Window.All : WindowSyntax.Window(leaf.Arguments[0], calendar);
        if (what == FavouriteOf.Season && leaf.Values.FirstOrDefault(value => !Favourites.Seasons.Contains(value)) is { } unknown)
        {
            var seasons = string.Join(", ", Favourites.Seasons);
            throw new VocabularyException($"季节是 {seasons} 之一，而不是 '{unknown}'", $"a season is {seasons}, not '{unknown}'");
        }

        return new FavouriteCondition(what, window, calendar ?? LocalDays.Utc, leaf.Values, leaf.Operator != Operator.NotEqual, leaf.Text);
    }
}
