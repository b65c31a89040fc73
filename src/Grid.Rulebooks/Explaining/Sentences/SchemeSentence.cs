using System.Globalization;
using Grid.Model.Baselines;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Explaining.Requirements;

namespace Grid.Rulebooks.Explaining.Sentences;

/// <summary>What holds for all layers of a scheme, made from its file: scores, days, delays. Empty for a scheme of plain conditions.</summary>
public static class SchemeSentence
{
    public static LocalizedText Of(Scheme scheme)
    {
        var parts = new List<LocalizedText>();
        if (scheme.Definition.Rfm is { } rfm) parts.AddRange(Scores(scheme, rfm));
        if (scheme.Definition.Calendar is { } zone)
            parts.Add(new LocalizedText($"时间按 {zone} 的自然日计算", $"time counts in the days of {zone}"));
        if (scheme.Measures.Count > 0 && scheme.Definition.Baseline is not ContinuousPolicy)
            parts.Add(Policy(scheme.Definition.Baseline));
        var delay = scheme.DowngradePolicy;
        if (delay.Grace > 0)
            parts.Add(new LocalizedText(
                $"降级宽限 {RequirementText.LengthZh(delay.Grace)}", $"a downgrade waits {EnglishText.Length(delay.Grace)}"));
        if (delay.MinimumStay > 0)
            parts.Add(new LocalizedText(
                $"至少停留 {RequirementText.LengthZh(delay.MinimumStay)}才降级",
                $"a downgrade comes {EnglishText.Length(delay.MinimumStay)} after the entry at the earliest"));
        if (!scheme.Definition.IsOrdered) parts.Add(new LocalizedText("层级没有高低之分", "the layers have no ranks"));
        if (parts.Count == 0) return new LocalizedText(string.Empty, string.Empty);
        var en = string.Join("; ", parts.Select(part => part.En));
        return new LocalizedText($"{string.Join("；", parts.Select(part => part.Zh))}。", $"{char.ToUpperInvariant(en[0])}{en[1..]}.");
    }

    private static IEnumerable<LocalizedText> Scores(Scheme scheme, RfmDefinition rfm)
    {
        var within = rfm.Window == "all"
            ? new LocalizedText("有过订单的用户", "customers with an order")
            : new LocalizedText(
                $"近 {RequirementText.LengthZh(WindowSyntax.Milliseconds(rfm.Window)!.Value)}内有订单的用户",
                $"customers with an order in the last {EnglishText.Length(rfm.Window)}");
        var byRank = new[] { rfm.Recency, rfm.Frequency, rfm.Monetary }.All(one => one.Bands is null && one.Mode == ScoreMode.Rank);
        yield return byRank
            ? new LocalizedText($"{within.Zh}按排名打 1 至 5 分", $"{within.En} score from 1 to 5 by rank")
            : new LocalizedText(
                $"{within.Zh}打 1 至 5 分（{string.Join("，", Dimensions(rfm).Select(one => $"{one.Letter} {Zh(one.How)}"))}）",
                $"{within.En} score from 1 to 5 ({string.Join(", ", Dimensions(rfm).Select(one => $"{one.Letter} {En(one.How)}"))})");
        if (!scheme.Rules.Any(rule => rule.When?.Metrics.OfType<ScoreMetric>().Any(score => score.Reading == ScoreReading.High) == true)) yield break;
        var margin = (rfm.HighMargin / 1_000m).ToString("0.###", CultureInfo.InvariantCulture);
        yield return rfm.HighMargin == 0
            ? new LocalizedText("高于平均分为高", "a score above the mean is high")
            : new LocalizedText($"比平均分高出 {margin} 分以上为高", $"a score more than {margin} above the mean is high");
    }

    private static (char Letter, DimensionDefinition How)[] Dimensions(RfmDefinition rfm) =>
        [('R', rfm.Recency), ('F', rfm.Frequency), ('M', rfm.Monetary)];

    private static string Zh(DimensionDefinition how) => how.Bands is null
        ? how.Mode == ScoreMode.Rank ? "按排名" : $"按 {how.Mode.Name()}"
        : $"按界限 {string.Join('/', how.Bands)}{(how.Window is null ? "" : $"（{how.Window}）")}";

    private static string En(DimensionDefinition how) => how.Bands is null
        ? $"by {how.Mode.Name()}"
        : $"by the bounds {string.Join('/', how.Bands)}{(how.Window is null ? "" : $" in {how.Window}")}";

    private static LocalizedText Policy(BaselinePolicy policy) => policy is DailyPolicy
        ? new LocalizedText($"界限每天更新（{policy.Text["daily ".Length..]}）", $"cut-offs are derived {policy.Text}")
        : new LocalizedText("界限已冻结", "cut-offs are frozen");
}
