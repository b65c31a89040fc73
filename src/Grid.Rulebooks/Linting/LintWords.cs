using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>Sentences and phrases that several messages share.</summary>
internal static class LintWords
{
    public static readonly LocalizedText Nothing = new("", "");

    public static LocalizedText Quoted(string text) => new($"“{text}”", $"\"{text}\"");

    /// <summary>A comparison as written, or a group by its line. A comparison also gets its line when the message is about another line.</summary>
    public static LocalizedText Named(Part part, Place from)
    {
        var line = part.Place.Line;
        if (part.Joining != Joining.Comparison) return new LocalizedText($"第 {line} 行的条件", $"the condition in line {line}");
        var (zh, en) = Quoted(part.Text);
        return line == from.Line ? new LocalizedText(zh, en) : new LocalizedText($"{zh}（第 {line} 行）", $"{en} (line {line})");
    }

    public static LocalizedText List(IReadOnlyList<LocalizedText> items) => items.Count == 1
        ? items[0]
        : new LocalizedText(
            $"{string.Join("、", items.SkipLast(1).Select(item => item.Zh))}和{items[^1].Zh}",
            $"{string.Join(", ", items.SkipLast(1).Select(item => item.En))} and {items[^1].En}");

    /// <summary>For example <c>the rule in line 8</c>, <c>the rules in lines 8 and 10 together</c>.</summary>
    public static LocalizedText Rules(IReadOnlyList<LintedRule> rules)
    {
        var zh = string.Join("、", rules.Select(rule => rule.Line));
        var en = List([.. rules.Select(rule => new LocalizedText("", $"{rule.Line}"))]).En;
        return rules.Count == 1
            ? new LocalizedText($"第 {zh} 行的规则", $"the rule in line {en}")
            : new LocalizedText($"第 {zh} 行的规则", $"the rules in lines {en} together");
    }

    /// <summary>A clause that begins with a comma; empty when every layer can be reached.</summary>
    public static LocalizedText NobodyIn(IReadOnlyList<string> layers)
    {
        if (layers.Count == 0) return Nothing;
        var (zh, en) = List([.. layers.Select(Quoted)]);
        return new LocalizedText($"，层级{zh}永远没有人", $", and nobody is ever in the layer{(layers.Count == 1 ? "" : "s")} {en}");
    }

    /// <summary>The possible values of a metric, after a colon; empty when any value is possible.</summary>
    public static LocalizedText Range(Reading reading)
    {
        var possible = reading.Variable.Possible;
        if (reading.Name.Length == 0 || reading.View == View.AtLeastOne || possible.Min != 0) return Nothing;
        if (possible.Max >= Variable.Large)
            return new LocalizedText($"：{MetricWords.Chinese(reading.Name)} 不会小于 0", $": {reading.Name} is never below 0");
        return possible.Max == 1
            ? Nothing
            : new LocalizedText(
                $"：{MetricWords.Chinese(reading.Name)} 只会在 0 到 {possible.Max} 之间", $": {reading.Name} is always from 0 to {possible.Max}");
    }
}
