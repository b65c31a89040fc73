using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Model.Schemes;

/// <summary>A derived tag, or a family of them. It holds exactly while its rule holds, so that no customer stores it.</summary>
/// <param name="When">Null for a family.</param>
/// <param name="Family">Null for a single tag.</param>
public sealed record TagRule(string Tag, LocalizedText Name, Condition? When, TagFamily? Family)
{
    /// <summary>Everything that it depends on, except the customer and the cut-offs.</summary>
    public required string Meaning { get; init; }
}

/// <summary>The derived tags of a rulebook.</summary>
public sealed class TagRules(IReadOnlyList<TagRule> rules)
{
    public static readonly TagRules None = new([]);

    public IReadOnlyList<TagRule> All => rules;

    /// <summary>The metrics that all rules compare.</summary>
    public IEnumerable<Metric> Metrics => rules.SelectMany(rule => rule.When?.Metrics ?? []);

    /// <summary>The condition under which a tag is derived; null when no rule gives it.</summary>
    public Condition? Find(string tag) =>
        RuleOf(tag) is { } rule ? rule.Family?.ConditionOf(tag[(rule.Tag.Length - 1)..]) ?? rule.When : null;

    /// <summary>The name that operators see for a tag; null when no rule gives one.</summary>
    public LocalizedText? NameOf(string tag)
    {
        if (RuleOf(tag) is not { } rule) return null;
        if (rule.Family is null) return rule.Name;
        var value = tag[(rule.Tag.Length - 1)..];
        return new LocalizedText($"{rule.Name.Zh}：{value}", $"{rule.Name.En}: {value}");
    }

    /// <summary>The derived tags that hold, by rule in the order of the files, those of a family in the order of their values.</summary>
    public IEnumerable<(string Tag, TagRule Rule)> Held(Customer customer, Instant now, Baseline baseline)
    {
        foreach (var rule in rules)
        {
            if (rule.Family is null)
            {
                if (rule.When!.Holds(customer, now, baseline)) yield return (rule.Tag, rule);
                continue;
            }

            foreach (var value in rule.Family.Values(customer, now, baseline)) yield return (rule.Tag[..^1] + value, rule);
        }
    }

    /// <summary>The first rule that gives a tag.</summary>
    private TagRule? RuleOf(string tag)
    {
        foreach (var rule in rules)
            if (rule.Family is null ? rule.Tag == tag : tag.Length >= rule.Tag.Length && tag.StartsWith(rule.Tag[..^1], StringComparison.Ordinal))
                return rule;
        return null;
    }
}

/// <summary>One tag for each value found among a customer's facts: categories bought or looked at, kinds of interaction, the source.</summary>
/// <param name="source">One of <see cref="Sources"/>.</param>
public sealed class TagFamily(string source, Window window, int atLeast)
{
    public static readonly IReadOnlyList<string> Sources = ["purchases", "browse", "interactions", "source"];

    public Condition ConditionOf(string value)
    {
        var text = $"{source}({value}, {window})";
        return source switch
        {
            "purchases" => AtLeast(new CategoryOrders([value], window) { Text = text }),
            "browse" => AtLeast(new BrowseMetric([value], window) { Text = text }),
            "interactions" => AtLeast(new InteractionMetric([value], window) { Text = text }),
            _ => new SourceCondition([value], true, $"source = {value}"),
        };
    }

    public IEnumerable<string> Values(Customer customer, Instant now, Baseline baseline) =>
        Candidates(customer).Order(StringComparer.Ordinal).Where(value => ConditionOf(value).Holds(customer, now, baseline));

    private Comparison AtLeast(Metric metric) => new(metric, Operator.AtLeast, atLeast, $"{metric.Text} >= {atLeast}");

    private HashSet<string> Candidates(Customer customer)
    {
        var values = new HashSet<string>();
        switch (source)
        {
            case "purchases":
                foreach (ref readonly var order in customer.Orders.Orders)
                    if (order.Category is { } category)
                        values.Add(category);
                break;
            case "browse":
                Add(values, customer.Browses);
                break;
            case "interactions":
                Add(values, customer.Interactions);
                break;
            default:
                foreach (ref readonly var community in customer.Attributes.Communities)
                    if (community.Source is { } from)
                        values.Add(from);
                break;
        }

        values.Remove(string.Empty);
        return values;
    }

    private static void Add(HashSet<string> values, HourBuckets hours)
    {
        foreach (ref readonly var bucket in hours.Buckets) values.Add(bucket.Name);
        foreach (ref readonly var total in hours.Totals) values.Add(total.Name);
    }
}
