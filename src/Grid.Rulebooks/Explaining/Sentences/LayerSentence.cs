using Grid.Model;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Explaining.Sentences;

/// <summary>
/// Who is in a layer, made from the rules in force, so that it cannot contradict them. The first rule that holds decides, therefore a sentence names the
/// layers that come first.
/// </summary>
public static class LayerSentence
{
    private const int NamedMax = 3;

    /// <param name="scheme">The scheme.</param>
    /// <param name="layer">Its index.</param>
    /// <param name="currency">The currency of amounts.</param>
    public static LocalizedText Of(Scheme scheme, int layer, Currency currency)
    {
        var own = Enumerable.Range(0, scheme.Rules.Count).Where(index => scheme.Rules[index].Layer == layer).ToList();
        var conditions = own.Select(index => scheme.Rules[index].When).OfType<Condition>().ToList();
        var above = own.Count == 0 ? [] : Above(scheme, layer, own[^1]);
        if (own.Count > conditions.Count)
            return conditions.Count == 0
                ? new LocalizedText("不符合其他层级规则的所有用户。", "Everybody whom no other rule takes.")
                : new LocalizedText(
                    $"{Zh(conditions, currency)}；以及不符合其他层级规则的所有用户。", $"{En(conditions, currency)}; and everybody whom no other rule takes.");
        if (above.Count == 0) return new LocalizedText($"{Zh(conditions, currency)}。", $"{En(conditions, currency)}.");
        var (zh, en) = Named(scheme, above);
        return new LocalizedText($"{Zh(conditions, currency)}，且不属于{zh}。", $"{En(conditions, currency)}, and not in {en}.");
    }

    /// <summary>The other layers with a rule before the last of the layer's own.</summary>
    private static List<int> Above(Scheme scheme, int layer, int last) =>
        [.. scheme.Rules.Take(last).Select(rule => rule.Layer).Where(other => other != layer).Distinct()];

    private static LocalizedText Named(Scheme scheme, List<int> layers)
    {
        if (layers.Count > NamedMax) return new LocalizedText($"规则在前的 {layers.Count} 个层级", $"the {layers.Count} layers whose rules come before");
        var names = layers.Select(layer => scheme.Definition.Layers[layer].Name).ToList();
        return new LocalizedText(string.Concat(names.Select(name => $"「{name.Zh}」")), string.Join(" or ", names.Select(name => name.En)));
    }

    private static string Zh(List<Condition> conditions, Currency currency) =>
        string.Join("；或 ", conditions.Select(condition => ChineseText.Format(condition, currency)));

    private static string En(List<Condition> conditions, Currency currency)
    {
        var text = string.Join("; or ", conditions.Select(condition => EnglishText.Format(condition, currency)));
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
