using System.Text;

namespace Grid.Tests.Replay;

/// <summary>The schemes of the batch reports: the columns of an expected file for one window, in UTC days.</summary>
internal static class BatchSchemes
{
    private static readonly string[] Classes = ["111", "110", "101", "100", "011", "010", "001", "000"];

    /// <param name="windows">As the expected files name them: a number of days, or <c>all</c>.</param>
    /// <param name="recency">The fixed bands of a data set, best first.</param>
    public static IEnumerable<(string Name, string Yaml)> For(IEnumerable<string> windows, string recency, string frequency, string monetary)
    {
        foreach (var window in windows)
        {
            var span = window == "all" ? "all" : window + "d";
            yield return ($"rank-{window}.yaml", Rfm($"rank-{window}", span, "rank"));
            var bands = $"{{ recency: {{ bands: [{recency}] }}, frequency: {{ bands: [{frequency}] }}, monetary: {{ bands: [{monetary}] }} }}";
            yield return ($"fixed-{window}.yaml", Rfm($"fixed-{window}", span, bands));
            yield return ($"lifecycle-{window}.yaml", Lifecycle(window, span));
            yield return ($"top-{window}.yaml", Top(window, span));
        }
    }

    /// <summary>For each window, the classes under the scores of other tools.</summary>
    public static IEnumerable<(string Name, string Yaml)> OfTools(IEnumerable<string> windows, IEnumerable<string> modes)
    {
        foreach (var window in windows)
            foreach (var mode in modes)
                yield return ($"{mode}-{window}.yaml", Rfm($"{mode}-{window}", window == "all" ? "all" : window + "d", mode));
    }

    private static string Rfm(string id, string span, string scores)
    {
        var yaml = Head(id, [.. Classes.Reverse().Prepend("none")], $"rfm: {{ window: {span}, scores: {scores}, highMargin: 0 }}\n");
        yaml.Append("rules:\n  - { layer: none, when: scored = no }\n");
        foreach (var bits in Classes[..^1])
        {
            var high = bits.Zip("rfm", (bit, letter) => $"high.{letter} = {(bit == '1' ? "yes" : "no")}");
            yaml.Append($"  - {{ layer: \"{bits}\", when: {{ all: [{string.Join(", ", high)}] }} }}\n");
        }

        return yaml.Append("  - { layer: \"000\" }\n").ToString();
    }

    /// <summary>Over all time no customer is lost, and the linter would refuse a rule that requires it.</summary>
    private static string Lifecycle(string window, string span)
    {
        string[] layers = span == "all" ? ["potential", "new", "loyal"] : ["lost", "potential", "new", "loyal"];
        var lost = span == "all" ? string.Empty : $"  - {{ layer: lost, when: {{ all: [orders >= 1, orders({span}) = 0] }} }}\n";
        return Head($"lifecycle-{window}", layers).Append("rules:\n").Append(lost).Append(
            """
              - { layer: loyal, when: orders >= 2 }
              - { layer: new, when: orders >= 1 }
              - { layer: potential }

            """).ToString();
    }

    private static string Top(string window, string span) => Head($"top-{window}", ["rest", "top20", "top10"]).Append(
        $$"""
        rules:
          - { layer: top10, when: "topPercent(spend, {{span}}) <= 10%" }
          - { layer: top20, when: "topPercent(spend, {{span}}) <= 20%" }
          - { layer: rest }

        """).ToString();

    private static StringBuilder Head(string id, IReadOnlyList<string> layers, string rfm = "")
    {
        // The margin of the scores is the default of that of the cut-offs.
        var margins = rfm.Length == 0 ? "cutMargin: 0\n" : rfm;
        var yaml = new StringBuilder($"id: {id}\nname: {{ zh: {id}, en: {id} }}\ndescription: {{ zh: {id}, en: {id} }}\ncalendar: UTC\n{margins}layers:\n");
        foreach (var layer in layers)
            yaml.Append($"  - {{ id: \"{layer}\", name: {{ zh: {layer}, en: {layer} }}, playbook: {{ zh: {layer}, en: {layer} }} }}\n");
        return yaml;
    }
}
