using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Linting;

namespace Grid.Tests.Schemes.Linting;

/// <summary>Builds a customer of facts from the linter's words about an example, such as <c>orders(30d) = 3</c>.</summary>
internal sealed class MadeCustomer
{
    private readonly Dictionary<string, string> _values = [];
    private readonly Customer _customer = new();
    private readonly Instant _now;
    private int _facts;

    private MadeCustomer(IReadOnlyList<string> words, Instant now)
    {
        _now = now;
        foreach (var word in words.Where(word => word.Contains(" = ")))
            _values[word.Split(" = ")[0]] = word.Split(" = ")[1];
        foreach (var word in words.Where(word => word.StartsWith("the tag")))
            _customer.Apply(new TagChanged(now.Plus(-1), Key(), word.Split('"')[1], true, Instant.Never));
    }

    /// <summary>Null when no such customer could be built: one of the metrics has another value.</summary>
    public static Customer? Parse(IReadOnlyList<string> words, Scheme scheme, Instant now)
    {
        var made = new MadeCustomer(words, now);
        made.Interact();
        made.Order();
        return made.IsAsSaid(scheme) ? made._customer : null;
    }

    private void Interact()
    {
        var inside = Number("interactions(30d)") ?? 0;
        var all = Math.Max(inside, Number("interactions") ?? 0);
        for (var index = 0; index < all; index++) _customer.Apply(new Interacted(Ago(index < inside ? Days(2) : Days(200)), Key(), "comment-added"));
    }

    /// <summary>Places the youngest and the oldest order at their ages, the others as young as the counts of the windows allow.</summary>
    private void Order()
    {
        var orders = Number("orders") ?? (Number("repurchases") is > 0 and var more ? more + 1 : null);
        var (first, last) = (Age("firstOrder"), Age("recency"));
        var within30 = Number("orders(30d)");
        var within90 = Number("orders(90d)");
        var least = last is not null || first is not null || Money("spend(90d)") is > 0 ? 1 : 0;
        if (first is not null && last is not null && first != last) least = 2;
        var count = (int)Math.Max(orders ?? 0, Math.Max(within90 ?? 0, Math.Max(within30 ?? 0, least)));
        if (count == 0) return;

        var youngest = last ?? (within30 == 0 ? within90 == 0 ? Days(90) : Days(30) : Math.Min(Days(1), first ?? Days(1)));
        var oldest = first ?? Math.Max(youngest, within90 is { } some && some < count ? Days(400) : Days(1));
        if (youngest > oldest) oldest = youngest;
        List<long> ages = [.. Enumerable.Range(0, count).Select(index => Math.Clamp(
            index < (within30 ?? within90 ?? count) ? 0 : index < (within90 ?? count) ? Days(30) : Days(90), youngest, oldest))];
        ages[0] = youngest;
        if (count > 1) ages[^1] = first ?? Math.Max(ages[^1], youngest);
        for (var index = 0; index < count; index++)
        {
            var amount = index == 0 ? Math.Max(0, Money("spend(90d)") ?? 0) : 0;
            _customer.Apply(new OrderPaid(Ago(ages[index]), Key(), $"o{index}", amount));
        }
    }

    private bool IsAsSaid(Scheme scheme)
    {
        var words = new MetricWords(Currency.Cny);
        return scheme.Rules.SelectMany(rule => rule.When?.Metrics ?? []).All(metric =>
            !_values.TryGetValue(metric.Text, out var said) || words.Value(metric.Kind, metric.Value(_customer, _now, Baseline.None)).En == said);
    }

    private long? Number(string metric) => _values.TryGetValue(metric, out var value) ? long.Parse(value) : null;

    private long? Money(string metric) => _values.TryGetValue(metric, out var value) ? Currency.Cny.ToMinor(decimal.Parse(value)) : null;

    /// <summary>Null also for never.</summary>
    private long? Age(string metric) => _values.TryGetValue(metric, out var value) && value != "never" ? Length(value) : null;

    private static long Length(string text) => text.Split(' ').Sum(part =>
        part.EndsWith("ms") ? long.Parse(part[..^2]) : WindowSyntax.Milliseconds(part)!.Value);

    private static long Days(int days) => days * MillisecondsPer.Day;

    private Instant Ago(long age) => _now.Plus(-age);

    private MessageKey Key() => MessageKey.From($"fact {_facts++}");
}
