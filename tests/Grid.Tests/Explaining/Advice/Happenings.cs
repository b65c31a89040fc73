using System.Globalization;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Rulebooks.Explaining;

namespace Grid.Tests.Explaining.Advice;

/// <summary>Turns the steps of an explanation into facts, by its structured form only.</summary>
internal sealed class Happenings
{
    private readonly List<Fact> _facts = [];
    private readonly Instant _at;
    private int _messages;

    private Happenings(Instant at) => _at = at;

    /// <summary>Null when a step names no possible action.</summary>
    /// <param name="steps">The steps, all of which are done.</param>
    /// <param name="at">The instant of the facts.</param>
    /// <param name="until">Plans run beyond this instant.</param>
    /// <param name="favourite">The number of orders that make a favourite: the steps leave it open.</param>
    public static IReadOnlyList<Fact>? From(IReadOnlyList<StepView> steps, Instant at, Instant until, int favourite)
    {
        var happenings = new Happenings(at);
        happenings.Order([.. steps.Where(step => step.Kind == "order")], [.. steps.Where(step => step.Kind == "favourite")], favourite);
        foreach (var traits in steps.Where(step => step.Kind == "trait").GroupBy(step => step.Of!))
            if (!happenings.Trait(traits.Key, [.. traits]))
                return null;
        return steps.All(step => happenings.Do(step, until)) ? happenings._facts : null;
    }

    private bool Do(StepView step, Instant until)
    {
        var name = step.Names?[^1];
        var count = (int)(step.Count ?? 1);
        switch (step.Kind)
        {
            case "order" or "favourite" or "trait" or "wait": return true;
            case "interaction": return Add(count, key => new Interacted(_at, key, name ?? "wave"));
            case "view": return Add(count, key => new Browsed(_at, key, name, (int)(step.Seconds ?? 0)));
            case "activity": return Add(1, key => new Interacted(_at, key, "wave"));
            case "refund": return Add(1, key => new OrderRefunded(_at, key, $"refund {_messages}", Minor(step.Amount)));
            case "points": return Add(1, key => new PointsChanged(_at, key, count));
            case "tag" or "untag": return Add(1, key => new TagChanged(_at, key, step.Of!, step.Kind == "tag", Instant.Never));
            case "age": return Add(1, key => new TraitsSet(_at, key, [new Trait("age", TraitValue.OfNumber(Near(step.Comparison!, count)))]));
            case "plan": return Add(1, key => new PlanPurchased(_at, key, name ?? "any", until.Plus(1)));
            case "community": return Add(1, key => new CommunityJoined(_at, key, "any", null));
            case "consent" or "withdrawal": return Add(1, key => new ConsentChanged(_at, key, step.Of!, step.Kind == "consent"));
            default: return false;
        }
    }

    /// <summary>The largest number of orders in the steps; the first order has the whole amount.</summary>
    private void Order(IReadOnlyList<StepView> orders, IReadOnlyList<StepView> favourites, int many)
    {
        var most = orders.Select(step => step.Count ?? 0).Append(favourites.Count > 0 ? many : 0).Max();
        var money = orders.Select(step => Minor(step.Amount)).Append(0).Max();
        var season = favourites.FirstOrDefault(step => step.Of == "season")?.Names;
        var channel = favourites.FirstOrDefault(step => step.Of == "channel")?.Names?[0];
        var category = favourites.FirstOrDefault(step => step.Of == "category")?.Names?[0] ?? orders.FirstOrDefault(step => step.Names is not null)?.Names![0];
        var at = season is null ? _at : InSeason(season);
        for (var number = 0; number < most; number++)
        {
            var amount = number == 0 ? money : 0;
            Add(1, key => new OrderPaid(at, key, $"order {_messages} of {_at}", amount, category, channel));
        }
    }

    private bool Trait(string name, IReadOnlyList<StepView> steps)
    {
        var candidates = steps.SelectMany(step => step.Names!)
            .SelectMany(text => decimal.TryParse(text, CultureInfo.InvariantCulture, out var number)
                ? [text, Text(number - 0.5m), Text(number + 0.5m)]
                : (string[])[text])
            .Prepend("nothing of all that");
        var value = candidates.FirstOrDefault(candidate => steps.All(step => Compares(candidate, step.Comparison!, step.Names!)));
        return value is not null && Add(1, key => new TraitsSet(_at, key, [new Trait(name, TraitValue.OfText(value))]));
    }

    private static bool Compares(string value, string comparison, IReadOnlyList<string> names)
    {
        switch (comparison)
        {
            case "=": return names.Contains(value);
            case "!=": return !names.Contains(value);
        }

        if (!decimal.TryParse(value, CultureInfo.InvariantCulture, out var number)) return false;
        var bound = decimal.Parse(names[0], CultureInfo.InvariantCulture);
        return comparison switch { "<" => number < bound, "<=" => number <= bound, ">" => number > bound, _ => number >= bound };
    }

    private Instant InSeason(IReadOnlyList<string> seasons)
    {
        var at = _at;
        while (!seasons.Contains(SeasonOf(at))) at = at.Plus(-MillisecondsPer.Day);
        return at;
    }

    private static string SeasonOf(Instant at) => at.ToDateTimeOffset().Month switch
    {
        >= 3 and <= 5 => "spring",
        >= 6 and <= 8 => "summer",
        >= 9 and <= 11 => "autumn",
        _ => "winter",
    };

    private bool Add(int count, Func<MessageKey, Fact> fact)
    {
        for (var index = 0; index < count; index++) _facts.Add(fact(MessageKey.From($"followed {_messages++} of {_at}")));
        return true;
    }

    private static long Near(string comparison, long bound) => comparison switch { "<" => bound - 1, ">" => bound + 1, _ => bound };

    private static long Minor(string? amount) => amount is null ? 0 : (long)(decimal.Parse(amount, CultureInfo.InvariantCulture) * 100);

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
