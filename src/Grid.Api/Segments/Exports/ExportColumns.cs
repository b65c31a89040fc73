using System.Globalization;
using Grid.Api.Parameters;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;

namespace Grid.Api.Segments.Exports;

/// <summary>Parses the requested columns of an export: fields of the customer, traits, layers, and every metric of the vocabulary.</summary>
internal sealed class ExportColumns(Rulebook rulebook, Scheme scheme, Currency currency)
{
    public const string Default = "customer,layer,since";
    private const string TraitPrefix = "trait.";
    private const string LayerPrefix = "layer.";

    private static readonly MembershipCondition Membership = new([], true, string.Empty);
    private static readonly PlanCondition Plan = new([], true, string.Empty);
    private static readonly SourceCondition Source = new([], true, string.Empty);

    private static readonly Dictionary<string, Action<ExportedCustomer, IExportedValue>> Own = new()
    {
        ["customer"] = (exported, value) => value.Text(exported.Id.Value),
        ["tags"] = (exported, value) => value.Texts(Tags(exported)),
        ["joinedAt"] = (exported, value) => value.Text(Written(exported.Customer.JoinedAt)),
        ["firstOrderAt"] = (exported, value) => value.Text(Written(exported.Customer.Orders.FirstAt(exported.Now))),
        ["lastOrderAt"] = (exported, value) => value.Text(Written(exported.Customer.Orders.LastAt(exported.Now))),
        ["membership"] = (exported, value) => value.Text(Membership.Actual(exported.Customer, exported.Now)),
        ["plan"] = (exported, value) => value.Text(Plan.Actual(exported.Customer, exported.Now)),
        ["source"] = (exported, value) => value.Text(Source.Actual(exported.Customer, exported.Now)),
    };

    private readonly QueryVocabulary _vocabulary = new(scheme, rulebook, currency);

    /// <returns>Null when all columns are valid; else the problem.</returns>
    public ParameterError? Read(string text, out IReadOnlyList<ExportColumn> columns)
    {
        var read = new List<ExportColumn>();
        columns = read;
        var names = Split(text);
        if (names.Count > ApiLimits.ExportColumnsMax)
            return TooMany(names.Count);
        foreach (var name in names)
        {
            if (read.Exists(column => column.Name == name))
                return Twice(Parameter.Shown(name));
            if (Find(name, out var wrong) is not { } write) return NoColumn(name, wrong);
            read.Add(new ExportColumn(name, write));
        }

        return null;
    }

    private static ParameterError TooMany(int count) => new(
        "columns",
        $"columns 有 {count} 列；一次最多导出 {ApiLimits.ExportColumnsMax} 列。",
        $"columns are {count}; at most {ApiLimits.ExportColumnsMax} are written at once");

    private static ParameterError Twice(string name) => new(
        "columns", $"columns 中“{name}”出现了两次；请只保留一个。", $"columns has '{name}' twice");

    private ParameterError NoColumn(string name, LocalizedText? wrong)
    {
        var shown = Parameter.Shown(name);
        if (name.StartsWith(LayerPrefix, StringComparison.Ordinal))
        {
            var layers = rulebook.Schemes.Select(one => LayerPrefix + one.Id).ToList();
            return new ParameterError(
                "columns",
                $"columns：没有与“{shown}”对应的分层方案；可用：{string.Join("、", layers)}。",
                $"columns: there is no scheme for '{shown}'; there are {string.Join(", ", layers)}");
        }

        IEnumerable<string> fields = [.. Own.Keys, .. QueryVocabulary.FavouriteNames];
        return new ParameterError(
            "columns",
            $"columns：没有“{shown}”这一列{(wrong is { } reason ? $"：{Parameter.Shown(reason.Zh)}" : string.Empty)}。"
            + $"可用：layer、since、{string.Join("、", fields)}、trait.<属性名>、layer.<方案 ID>，"
            + $"以及指标 {string.Join("、", QueryVocabulary.MetricNames)}，参数的写法与条件相同。",
            $"columns: '{shown}' is no column{(wrong is { } cause ? $": {Parameter.Shown(cause.En)}" : string.Empty)}. "
            + $"There are layer, since, {string.Join(", ", fields)}, trait.<name>, layer.<scheme> and the metrics "
            + $"{string.Join(", ", QueryVocabulary.MetricNames)}, with their arguments as conditions write them");
    }

    /// <param name="name">The name of the column.</param>
    /// <param name="wrong">The mistake in the arguments of a metric; null for every other mistake.</param>
    private Action<ExportedCustomer, IExportedValue>? Find(string name, out LocalizedText? wrong)
    {
        wrong = null;
        if (Own.TryGetValue(name, out var own)) return own;
        if (name == "layer") return LayerOf(scheme);
        if (name == "since") return SinceOf(scheme);
        if (name.StartsWith(TraitPrefix, StringComparison.Ordinal) && name.Length > TraitPrefix.Length)
            return Trait(name[TraitPrefix.Length..]);
        if (name.StartsWith(LayerPrefix, StringComparison.Ordinal))
            return rulebook.Find(name[LayerPrefix.Length..]) is { } other ? LayerOf(other) : null;
        var begin = name.Split('(')[0].Trim();
        if (QueryVocabulary.FavouriteNames.Contains(begin))
        {
            if (_vocabulary.TryFavourite(name, out var favourite, out wrong))
                return (exported, value) => value.Text(favourite.Actual(exported.Customer, exported.Now));
        }
        else if (QueryVocabulary.MetricNames.Contains(begin) && _vocabulary.TryMetric(name, out var metric, out wrong))
        {
            return Value(metric);
        }

        return null;
    }

    private Action<ExportedCustomer, IExportedValue> LayerOf(Scheme of)
    {
        var index = IndexOf(of);
        return (exported, value) => value.Text(of.Layers[exported.Customer.Layers[index].Layer]);
    }

    private Action<ExportedCustomer, IExportedValue> SinceOf(Scheme of)
    {
        var index = IndexOf(of);
        return (exported, value) => value.Text(exported.Customer.Layers[index].Since.ToString());
    }

    private int IndexOf(Scheme of)
    {
        for (var index = 0; index < rulebook.Schemes.Count; index++)
            if (rulebook.Schemes[index].Id == of.Id)
                return index;
        throw new InvalidOperationException($"The scheme {of.Id} is not of this rulebook.");
    }

    /// <summary>Money in major units, lengths of time in milliseconds, calendar days in days; empty for something that never happened.</summary>
    private Action<ExportedCustomer, IExportedValue> Value(Metric metric) => (exported, value) =>
    {
        var number = metric.Value(exported.Customer, exported.Now, exported.Rules.Baseline);
        if (number == Metric.Infinite) value.Text(null);
        else if (metric.Kind == ValueKind.Truth) value.Truth(number != 0);
        else value.Number(metric.Kind == ValueKind.Money ? currency.Format(number) : number.ToString(CultureInfo.InvariantCulture));
    };

    private static Action<ExportedCustomer, IExportedValue> Trait(string name) => (exported, value) =>
    {
        foreach (ref readonly var trait in exported.Customer.Attributes.Traits)
        {
            if (trait.Name != name) continue;
            if (trait.Value.Kind == TraitKind.Truth) value.Truth(trait.Value.Text == "true");
            else if (trait.Value.Kind == TraitKind.Number) value.Number(trait.Value.Text);
            else value.Text(trait.Value.Text);
            return;
        }

        value.Text(null);
    };

    /// <summary>Tags set by hand, then derived ones.</summary>
    private static List<string> Tags(ExportedCustomer exported)
    {
        var held = new List<string>();
        foreach (ref readonly var tag in exported.Customer.Attributes.Tags)
            if (tag.HoldsAt(exported.Now))
                held.Add(tag.Name);
        foreach (var (tag, _) in exported.Rules.Rulebook.Tags.Held(exported.Customer, exported.Now, exported.Rules.Baseline))
            if (!held.Contains(tag))
                held.Add(tag);
        return held;
    }

    private static string? Written(Instant? instant) => instant is { IsNever: false } known ? known.ToString() : null;

    /// <summary>Splits at commas outside of parentheses.</summary>
    private static List<string> Split(string text)
    {
        var names = new List<string>();
        var (depth, begin) = (0, 0);
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && text[index] == '(') depth++;
            if (index < text.Length && text[index] == ')') depth--;
            if (index < text.Length && (text[index] != ',' || depth > 0)) continue;
            names.Add(text[begin..index].Trim());
            begin = index + 1;
        }

        return names;
    }
}
