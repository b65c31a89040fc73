using System.Text.RegularExpressions;
using Grid.Tests.House;

namespace Grid.Tests.Deployment;

/// <summary>The instructions for operators in deploy/runbook.md.</summary>
internal static partial class Runbook
{
    public const string File = "deploy/runbook.md";

    public static SourceFile Source { get; } = Repository.Files.Single(file => file.Path == File);

    public static IReadOnlyList<string> Headings { get; } =
        [.. Source.Lines.Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' '))];

    /// <summary>The sections below "Alarms".</summary>
    public static IReadOnlyList<string> Alarms { get; } =
        [.. Source.Lines.SkipWhile(line => line != "## Alarms").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..])];

    /// <summary>Lines of the fenced blocks of one language.</summary>
    public static IReadOnlyList<string> Blocks(string language)
    {
        var lines = new List<string>();
        var inside = false;
        foreach (var line in Source.Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inside = !inside && line == "```" + language;
            else if (inside) lines.Add(line);
        }

        return lines;
    }

    /// <summary>Every shell command: fenced, or between backticks.</summary>
    public static IEnumerable<string> Said() =>
        Blocks("sh").Concat(Source.Lines.SelectMany(line => Quoted().Matches(line).Select(match => match.Groups["said"].Value)));

    /// <summary>Addresses of the server, with the method where one is given.</summary>
    public static IEnumerable<(string? Method, string Path)> Routes() =>
        Said().SelectMany(said =>
            Route().Matches(Own().Replace(said, "")).Select(match => (said.Contains("-X POST") ? "POST" : null, match.Groups["path"].Value.TrimEnd('.'))));

    [GeneratedRegex(@"\bhttp:[/]{2}127\.0\.0\.1:[0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Own();

    [GeneratedRegex("`(?<said>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w/])(?<path>/(v1|health|metrics|hubs)[\w/{}]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Route();
}
