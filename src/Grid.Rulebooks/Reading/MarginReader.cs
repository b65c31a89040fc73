using System.Globalization;
using Grid.Model.Baselines;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads a margin that keeps customers from flapping: <c>highMargin: 0.05</c>, <c>cutMargin: 0.05</c>.</summary>
internal static class MarginReader
{
    /// <returns>In thousandths of a score; the default when the file has none, or one with a mistake.</returns>
    public static int Read(Fields fields, string name, int usual, DiagnosticBag diagnostics)
    {
        if (fields.OptionalText(name, $"{name}: 0.05", SchemeFileLimits.NameCharactersMax) is not { } written) return usual;
        if (decimal.TryParse(written.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var margin)
            && margin * 1_000 <= Margins.Max && margin * 1_000 == decimal.Truncate(margin * 1_000))
        {
            return (int)(margin * 1_000);
        }

        diagnostics.Add(
            written.Place,
            $"“{name}”是 0 到 1 之间、最多三位小数的分数差，例如 0.05，不能写“{written.Text}”；0 表示没有余量。",
            $"\"{name}\" is a part of a score from 0 to 1 with at most three decimals, such as 0.05, not \"{written.Text}\"; 0 is no margin.");
        return usual;
    }
}
