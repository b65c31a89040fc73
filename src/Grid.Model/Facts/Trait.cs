using System.Globalization;

namespace Grid.Model.Facts;

public enum TraitKind : byte
{
    Text = 0,
    Number = 1,
    Truth = 2,

    /// <summary>The trait is removed. An earlier build keeps it as an empty text.</summary>
    Removed = 3,
}

/// <summary>A trait's value with its JSON kind; numbers are kept as decimals, written in invariant culture.</summary>
public readonly record struct TraitValue(TraitKind Kind, string Text)
{
    /// <summary>Removes the trait; no customer has this value.</summary>
    public static readonly TraitValue Removed = new(TraitKind.Removed, string.Empty);

    public static TraitValue OfText(string text) => new(TraitKind.Text, text);

    public static TraitValue OfNumber(decimal number) => new(TraitKind.Number, number.ToString(CultureInfo.InvariantCulture));

    public static TraitValue OfTruth(bool truth) => new(TraitKind.Truth, truth ? "true" : "false");

    /// <summary>The value as a number, also when a client sent it as text; null when it is none.</summary>
    public decimal? AsNumber() =>
        Kind != TraitKind.Truth && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

public readonly record struct Trait(string Name, TraitValue Value);
