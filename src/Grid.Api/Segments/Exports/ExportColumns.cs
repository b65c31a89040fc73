using System.Globalization;
using Grid.Api.Parameters;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
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
            return new ParameterError("columns", $"columns are {names.Count}; at most {ApiLimits.ExportColumnsMax} are written at once");
        foreach (var name in names)
        {
            if (read.Exists(column => column.Name == name))
                return new ParameterError("columns", $"columns has '{Parameter.Shown(name)}' twice");
            if (Find(name, out var fault) is not { } write) return new ParameterError("columns", fault);
            read.Add(new ExportColumn(name, write));
        }

        return null;
    }

    private Action<ExportedCustomer, IExportedValue>? Find(string name, out string fault)
    {
        fault = string.Empty;
        if (Own.TryGetValue(name, out var own)) return own;
        if (name == "layer") return LayerOf(scheme);
        if (name == "since") return SinceOf(scheme);
        if (name.StartsWith(TraitPrefix, StringComparison.Ordinal) && name.Length > TraitPrefix.Length)
            return Trait(name[TraitPrefix.Length..]);
        if (name.StartsWith(LayerPrefix, StringComparison.Ordinal))
        {
            if (rulebook.Find(name[LayerPrefix.Length..]) is { } other) return LayerOf(other);
            fault = $"columns: there is no scheme for '{Parameter.Shown(name)}'; "
                + $"there are {string.Join(", ", rulebook.Schemes.Select(one => LayerPrefix + one.Id))}";
            return null;
        }

        var begin = name.Split('(')[0].Trim();
        string? wrong = null;
        if (QueryVocabulary.FavouriteNames.Contains(begin))
        {
            if (_vocabulary.TryFavourite(name, out var favourite, out wrong))
                return (exported, value) => value.Text(favourite.Actual(exported.Customer, exported.Now));
        }
        else if (QueryVocabulary.MetricNames.Contains(begin) && _vocabulary.TryMetric(name, out var metric, out wrong))
        {
            return Value(metric);
        }

        fault = $"columns: '{Parameter.Shown(name)}' is no column{(wrong is null ? string.Empty : $": {Parameter.Shown(wrong)}")}. "
            + $"There are layer, since, {string.Join(", ", Own.Keys)}, {string.Join(", ", QueryVocabulary.FavouriteNames)}, "
            + "trait.<name>, layer.<scheme> and the metrics "
            + $"{string.Join(", ", QueryVocabulary.MetricNames)}, with their arguments as conditions write them";
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
