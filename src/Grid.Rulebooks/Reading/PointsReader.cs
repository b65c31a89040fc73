using System.Globalization;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads what earns points: net spend, and interactions by kind.</summary>
internal static class PointsReader
{
    private const int PointsMax = 1_000_000;
    private static readonly string[] Keys = ["points"];
    private static readonly string[] PointsKeys = ["orders", "interactions"];
    private static readonly string[] OrdersKeys = ["each", "points"];

    public static PointsDefinition? Read(SourceNode root, DiagnosticBag diagnostics)
    {
        if (Fields.Read(root, "A file of points", "{ points: { orders: { each: 1.00, points: 1 } } }", Keys, diagnostics) is not { } file) return null;
        var node = file.Required("points", "points: { interactions: { check-in: 5 } }")!;
        if (Fields.Read(node, "\"points\"", "{ orders: …, interactions: … }", PointsKeys, diagnostics) is not { } fields) return null;
        var orders = fields.Optional("orders") is { } written ? ReadOrders(written, diagnostics) : null;
        return new PointsDefinition(orders, fields.Optional("interactions") is { } kinds ? ReadKinds(kinds, diagnostics) : [], node.Place);
    }

    private static OrderPointsDefinition? ReadOrders(SourceNode node, DiagnosticBag diagnostics)
    {
        if (Fields.Read(node, "\"orders\"", "{ each: 1.00, points: 1 }", OrdersKeys, diagnostics) is not { } fields) return null;
        var each = fields.RequiredText("each", "each: 1.00", SchemeFileLimits.NameCharactersMax);
        var points = fields.RequiredText("points", "points: 1", SchemeFileLimits.NameCharactersMax);
        return each is null || points is null || Number(points, diagnostics) is not { } number
            ? null
            : new OrderPointsDefinition(each.Text, number, each.Place);
    }

    private static List<(string Kind, int Points)> ReadKinds(SourceNode node, DiagnosticBag diagnostics)
    {
        var kinds = new List<(string Kind, int Points)>();
        if (node is not SourceMapping mapping)
        {
            diagnostics.Add(
                node.Place,
                $"“interactions”按互动种类写积分，例如 {{ check-in: 5 }}；现在是{node.Kind.Zh}。",
                $"\"interactions\" gives points by kind, such as {{ check-in: 5 }}; found {node.Kind.En}.");
            return kinds;
        }

        foreach (var (key, value) in mapping.Entries)
        {
            if (value is not SourceScalar scalar) diagnostics.Add(
                value.Place,
                $"“{key.Text}”的积分是整数；现在是{value.Kind.Zh}。",
                $"The points of \"{key.Text}\" are a whole number; found {value.Kind.En}.");
            else if (Number(scalar, diagnostics) is { } points) kinds.Add((key.Text, points));
        }

        return kinds;
    }

    private static int? Number(SourceScalar scalar, DiagnosticBag diagnostics)
    {
        if (int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var points) && points is >= 1 and <= PointsMax) return points;
        diagnostics.Add(
            scalar.Place,
            $"积分是 1 到 {PointsMax} 的整数，不能写“{scalar.Text}”。",
            $"Points are a whole number from 1 to {PointsMax}, not \"{scalar.Text}\".");
        return null;
    }
}
