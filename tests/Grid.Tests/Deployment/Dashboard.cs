using System.Text.Json;
using Grid.Tests.House;

namespace Grid.Tests.Deployment;

/// <summary>The dashboard that Grafana shows.</summary>
internal static class Dashboard
{
    public const string File = "deploy/grafana/dashboards/grid.json";

    public static JsonElement Root { get; } = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(Repository.Root, File))).RootElement;

    public static IReadOnlyList<JsonElement> Panels => [.. Root.GetProperty("panels").EnumerateArray()];

    /// <summary>Every query of panels, variables and annotations.</summary>
    public static IReadOnlyList<string> Queries() => [.. QueriesOf(Root)];

    /// <summary>Queries of panels, each with the pattern that names its series.</summary>
    public static IEnumerable<(string Query, string Legend)> Targets() =>
        Panels.Where(panel => panel.TryGetProperty("targets", out _)).SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => (target.GetProperty("expr").GetString()!, target.TryGetProperty("legendFormat", out var legend) ? legend.GetString()! : ""));

    /// <summary>The default value of a variable.</summary>
    public static string Variable(string name) => Chosen(name).GetProperty("current").GetProperty("text").GetString()!;

    /// <summary>The query that fills the list of a variable.</summary>
    public static string Definition(string name) => Chosen(name).GetProperty("definition").GetString()!;

    private static JsonElement Chosen(string variable) =>
        Root.GetProperty("templating").GetProperty("list").EnumerateArray().Single(one => one.GetProperty("name").GetString() == variable);

    private static IEnumerable<string> QueriesOf(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var query in element.EnumerateArray().SelectMany(QueriesOf)) yield return query;
        }

        if (element.ValueKind != JsonValueKind.Object) yield break;
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name is "expr" or "definition") yield return property.Value.GetString()!;
            else foreach (var query in QueriesOf(property.Value)) yield return query;
        }
    }
}
