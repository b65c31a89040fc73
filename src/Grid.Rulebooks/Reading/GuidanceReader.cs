using System.Globalization;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads the intended share of a layer in customers and in revenue.</summary>
internal static class GuidanceReader
{
    private const string Example = "{ customers: 30-50%, revenue: 15-20% }";
    private static readonly string[] Keys = ["customers", "revenue"];

    public static LayerGuidance? Read(Fields layer, DiagnosticBag diagnostics)
    {
        if (layer.Optional("guidance") is not { } node || Fields.Read(node, "\"guidance\"", Example, Keys, diagnostics) is not { } fields)
        {
            return null;
        }

        if (fields.Optional("customers") is null && fields.Optional("revenue") is null)
        {
            diagnostics.Add(
                node.Place,
                $"\"guidance\" 为空；写上客户占比或营收占比，例如 {Example}。",
                $"\"guidance\" says nothing; give a share of customers or of revenue, such as {Example}.");
        }

        return new LayerGuidance(ReadBand(fields, "customers", diagnostics), ReadBand(fields, "revenue", diagnostics));
    }

    /// <summary>Reads whether a layer holds lapsed customers; false when the file does not say.</summary>
    public static bool ReadLapsed(Fields layer, DiagnosticBag diagnostics)
    {
        if (layer.OptionalText("lapsed", "lapsed: true", SchemeFileLimits.NameCharactersMax) is not { } written)
        {
            return false;
        }

        if (written.Text is not ("true" or "false"))
        {
            diagnostics.Add(
                written.Place,
                $"\"lapsed\" 只能是 true 或 false，而不是 \"{written.Text}\"。",
                $"\"lapsed\" is true or false, not \"{written.Text}\".");
        }

        return written.Text == "true";
    }

    private static ShareBand? ReadBand(Fields fields, string name, DiagnosticBag diagnostics)
    {
        var example = $"{name}: 30-50%";
        if (fields.OptionalText(name, example, SchemeFileLimits.NameCharactersMax) is not { } written)
        {
            return null;
        }

        if (Band(written.Text) is { } band)
        {
            return band;
        }

        diagnostics.Add(
            written.Place,
            $"\"{written.Text}\" 不是占比区间；从小到大写两个 0 到 100 的百分数，例如 \"{example}\"。",
            $"\"{written.Text}\" is no band of shares; write two percentages from 0 to 100, the smaller first, such as \"{example}\".");
        return null;
    }

    private static ShareBand? Band(string text)
    {
        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && parts[1].EndsWith('%') && Thousandths(parts[0]) is { } from && Thousandths(parts[1]) is { } to && from < to
            ? new ShareBand(from, to)
            : null;
    }

    /// <summary>A percentage with at most one decimal; the percent sign may follow the second number only.</summary>
    private static int? Thousandths(string text) =>
        decimal.TryParse(text.TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
        && percent <= 100 && percent * 10 == decimal.Truncate(percent * 10)
            ? (int)(percent * 10)
            : null;
}
