using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading.Comparisons;

/// <summary>Maps the characters of a scalar's text to columns of its file.</summary>
internal static class ScalarColumns
{
    /// <summary>False for a text over several lines and for one with escapes wider than two characters.</summary>
    public static bool CanTell(SourceScalar scalar) =>
        scalar.Writing != Writing.Several && Offset(scalar, scalar.Text.Length) + (scalar.Writing == Writing.Plain ? 0 : 1) == scalar.Width;

    public static Place PlaceOf(SourceScalar scalar, int index) =>
        scalar.Place with { Column = scalar.Place.Column + Offset(scalar, index) };

    private static int Offset(SourceScalar scalar, int index)
    {
        var before = scalar.Text.AsSpan(0, index);
        return scalar.Writing switch
        {
            Writing.SingleQuoted => 1 + index + before.Count('\''),
            Writing.DoubleQuoted => 1 + index + before.Count('"') + before.Count('\\'),
            _ => index,
        };
    }
}
