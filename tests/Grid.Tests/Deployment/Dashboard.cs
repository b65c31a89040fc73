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
