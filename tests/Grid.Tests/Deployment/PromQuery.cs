using System.Text.RegularExpressions;

namespace Grid.Tests.Deployment;

/// <summary>The series that a Prometheus query reads, by name and labels.</summary>
/// <param name="Metric">The name of the metric.</param>
/// <param name="Labels">The labels that it matches or groups by.</param>
/// <param name="Function">The function right around it, or null.</param>
internal sealed record AskedSeries(string Metric, IReadOnlyList<string> Labels, string? Function);

/// <summary>Parses the part of PromQL that our dashboards and alerts use, and refuses the rest.</summary>
internal static partial class PromQuery
{
    private static readonly string[] Functions =
        ["sum", "max", "min", "rate", "increase", "changes", "absent", "histogram_quantile", "scalar", "vector", "label_values"];

    private static readonly string[] Groupings = ["by", "without", "on", "ignoring"];

    /// <exception cref="FormatException">The query contains something else.</exception>
    public static IReadOnlyList<AskedSeries> Series(string query)
    {
        var tokens = Tokens(query);
        var found = new List<(string Metric, List<string> Labels, string? Function)>();
        var grouping = new List<string>();
        var open = new Stack<string?>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var (token, next) = (tokens[i], i + 1 < tokens.Count ? tokens[i + 1] : "");
            if (token == "(") open.Push(Caller(tokens, i));
            else if (token == ")" && !open.TryPop(out _)) throw new FormatException($"'{query}' closes what it never opened.");
            else if (!IsName(token) || token == "or") continue;
            else if (Groupings.Contains(token)) grouping.AddRange(Until(tokens, ref i, ")").Where(IsName));
            else if (next is "(" || Groupings.Contains(next))
            {
                if (!Functions.Contains(token)) throw new FormatException($"'{query}' calls {token}, which is not known here.");
            }
            else if (open.TryPeek(out var function) && function == "label_values" && tokens[i - 1] == ",") found[^1].Labels.Add(token);
            else
            {
                var labels = next == "{" ? Until(tokens, ref i, "}").Where(IsName).ToList() : [];
                found.Add((token, labels, open.TryPeek(out var caller) ? caller : null));
            }
        }

        if (open.Count > 0) throw new FormatException($"'{query}' opens what it never closes.");
        if (found.Count == 0) throw new FormatException($"'{query}' asks for nothing.");
        return [.. found.Select(series => new AskedSeries(series.Metric, [.. series.Labels, .. grouping], series.Function))];
    }

    /// <summary>Of <c>sum(</c> and of <c>sum by (instance) (</c> it is sum.</summary>
    private static string? Caller(List<string> tokens, int bracket)
    {
        var before = bracket - 1;
        if (before >= 0 && tokens[before] == ")")
        {
            while (before >= 0 && tokens[before] != "(") before--;
            before -= 2;
        }

        return before >= 0 && IsName(tokens[before]) ? tokens[before] : null;
    }

    private static List<string> Until(List<string> tokens, ref int index, string end)
    {
        var from = index + 1;
        index = tokens.IndexOf(end, from);
        if (index < 0) throw new FormatException($"'{end}' is missing.");
        return tokens[from..index];
    }

    private static bool IsName(string token) => char.IsLetter(token[0]) || token[0] == '_';

    private static List<string> Tokens(string query)
    {
        var tokens = new List<string>();
        var at = 0;
        foreach (Match match in Token().Matches(query))
        {
            if (match.Index != at) throw new FormatException($"'{query[at..match.Index]}' in '{query}' is not understood.");
            at = match.Index + match.Length;
            if (!string.IsNullOrWhiteSpace(match.Value)) tokens.Add(match.Value);
        }

        return at == query.Length ? tokens : throw new FormatException($"'{query[at..]}' in '{query}' is not understood.");
    }

    // Space, text, range, name, number or duration, operator.
    [GeneratedRegex(
        """\s+|"[^"]*"|\[[\w$:]+\]|[a-zA-Z_]\w*|[0-9][\w.]*|[(){},+\-*/]|[=!<>]=|=~|!~|[=<>]""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
