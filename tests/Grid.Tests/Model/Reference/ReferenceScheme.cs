using System.Globalization;
using Grid.Model.Facts;
using Grid.Model.Schemes.Definitions;

namespace Grid.Tests.Model.Reference;

/// <summary>Decides a customer's layer from the scheme's file alone: the first rule that holds decides.</summary>
/// <param name="tags">Derived tags that its conditions may read.</param>
/// <param name="layerOf">Gives the customer's layer in another scheme.</param>
internal sealed class ReferenceScheme(SchemeDefinition definition, ReferenceTags? tags = null, Func<string, string>? layerOf = null)
{
    public SchemeDefinition Definition => definition;

    public string LayerOf(ReferenceCustomer customer, long now, ReferencePopulation population) =>
        definition.Rules.First(rule => rule.When is null || Holds(rule.When, customer, now, population)).Layer;

    public bool Holds(ConditionDefinition condition, ReferenceCustomer customer, long now, ReferencePopulation population) =>
        condition switch
        {
            AllDefinition all => all.Conditions.All(inner => Holds(inner, customer, now, population)),
            AnyDefinition any => any.Conditions.Any(inner => Holds(inner, customer, now, population)),
            NotDefinition not => !Holds(not.Condition, customer, now, population),
            _ => Compare((ComparisonDefinition)condition, customer, now, population),
        };

    private bool Compare(ComparisonDefinition leaf, ReferenceCustomer customer, long now, ReferencePopulation population)
    {
        switch (leaf.Metric)
        {
            case "tags":
                var tagged = customer.Tags.TryGetValue(leaf.Values[0], out var tag) && tag.Present && now < tag.ExpiresAt.Milliseconds;
                tagged |= tags?.Holds(leaf.Values[0], customer, now, population) == true;
                return tagged == (leaf.Operator == Operator.Has);
            case "layer":
                return leaf.Values.Contains(layerOf!(leaf.Arguments[0])) == (leaf.Operator != Operator.NotEqual);
            case "trait":
                return Trait(leaf, customer);
            case "membership":
                return leaf.Values.Contains(Membership(customer, now)) == (leaf.Operator != Operator.NotEqual);
            case "plan":
                return customer.Plans.Exists(plan => plan.At.Milliseconds <= now && now < plan.Until.Milliseconds && leaf.Values.Contains(plan.Plan))
                    == (leaf.Operator != Operator.NotEqual);
            case "favouriteCategory" or "favouriteChannel" or "favouriteSeason":
                var favourite = ReferenceFavourites.Find(customer, leaf.Metric, leaf.Arguments is [var window] ? window : "all", definition.Calendar, now);
                return (favourite is not null && leaf.Values.Contains(favourite)) == (leaf.Operator != Operator.NotEqual);
            case "age":
                var age = ReferenceMetrics.YearsOfAge(customer, definition.Calendar ?? "UTC", now);
                return age is not null && Compare(leaf.Operator, age.Value.CompareTo(long.Parse(leaf.Values[0], CultureInfo.InvariantCulture)));
            case "source":
                return leaf.Values.Contains(customer.Joins.FirstOrDefault()?.Source ?? "") == (leaf.Operator != Operator.NotEqual);
            case "topPercent":
                var share = Number(leaf.Values[0].TrimEnd('%')) / 100;
                return population.IsTop(definition, leaf.Arguments, share, customer, now) == (leaf.Operator == Operator.AtMost);
        }

        var value = leaf.Metric switch
        {
            "scored" => ReferenceDimension.Value(definition, 'f', customer, now) is null ? 0 : 1,
            "score.sum" => "rfm".Sum(dimension => population.Score(definition, dimension, customer, now)),
            _ when leaf.Metric.StartsWith("score.", StringComparison.Ordinal) =>
                population.Score(definition, leaf.Metric[^1], customer, now),
            _ when leaf.Metric.StartsWith("high.", StringComparison.Ordinal) =>
                population.IsHigh(definition, leaf.Metric[^1], customer, now) ? 1 : 0,
            _ => ReferenceMetrics.Value(customer, definition.Calendar, leaf.Metric, leaf.Arguments, now),
        };
        return Compare(leaf.Operator, value.CompareTo(Bound(leaf)));
    }

    /// <summary>A bound in the unit of the metric: milliseconds, local days, cents, pieces, or yes and no as 1 and 0.</summary>
    private long Bound(ComparisonDefinition leaf)
    {
        var text = leaf.Values[0];
        if (text is "yes" or "no") return text == "yes" ? 1 : 0;
        var money = leaf.Metric is "spend" or "refunds" or "aov";
        if (ReferenceWindow.Length(text) is not { } length) return (long)(Number(text) * (money ? 100 : 1));
        var age = leaf.Metric is "recency" or "firstOrder" or "joined" or "lastActivity";
        return leaf.Metric == "recencyDays" || (age && definition.Calendar is not null) ? length / 86_400_000 : length;
    }

    private static bool Compare(Operator @operator, int sign) => @operator switch
    {
        Operator.Equal => sign == 0,
        Operator.NotEqual => sign != 0,
        Operator.Less => sign < 0,
        Operator.AtMost => sign <= 0,
        Operator.Greater => sign > 0,
        _ => sign >= 0,
    };

    private static bool Trait(ComparisonDefinition leaf, ReferenceCustomer customer)
    {
        var known = customer.Traits.TryGetValue(leaf.Arguments[0], out var value);
        var number = known && decimal.TryParse(value.Text, CultureInfo.InvariantCulture, out var parsed) ? parsed : (decimal?)null;
        bool Is(string wanted, int place)
        {
            var quoted = leaf.IsQuoted(place);
            if (value.Kind == TraitKind.Truth && !quoted && wanted is "yes" or "no") return value.Text == (wanted == "yes" ? "true" : "false");
            if (quoted && value.Kind == TraitKind.Text) return string.Equals(wanted, value.Text, StringComparison.OrdinalIgnoreCase);
            return string.Equals(wanted, value.Text, StringComparison.OrdinalIgnoreCase)
                || (number is not null && decimal.TryParse(wanted, CultureInfo.InvariantCulture, out var bound) && bound == number);
        }

        var isOne = known && leaf.Values.Select(Is).Contains(true);
        return leaf.Operator switch
        {
            Operator.Equal or Operator.In => isOne,
            Operator.NotEqual => !isOne,
            _ => number is not null && Compare(leaf.Operator, number.Value.CompareTo(Number(leaf.Values[0]))),
        };
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string Membership(ReferenceCustomer customer, long now)
    {
        var begun = customer.Plans.Where(plan => plan.At.Milliseconds <= now).ToList();
        if (begun.Count == 0) return "none";
        return begun.Exists(plan => now < plan.Until.Milliseconds) ? "active" : "expired";
    }
}
