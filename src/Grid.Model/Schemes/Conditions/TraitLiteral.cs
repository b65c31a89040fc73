using Grid.Model.Facts;

namespace Grid.Model.Schemes.Conditions;

/// <summary>A value that a trait is compared with, as a scheme writes it.</summary>
/// <param name="text">Without quotes.</param>
/// <param name="isQuoted">Whether it is a text, whatever it looks like.</param>
public sealed class TraitLiteral(string text, bool isQuoted)
{
    private readonly bool? _truth = isQuoted ? null : text.ToLowerInvariant() switch { "yes" => true, "no" => false, _ => null };

    public string Text => text;

    public bool IsQuoted => isQuoted;

    /// <summary>Null when it reads as no number.</summary>
    public decimal? Number { get; } = TraitValue.OfText(text).AsNumber();

    /// <summary>
    /// Whether a trait has this value. <c>yes</c> and <c>no</c> meet truths; texts meet without regard to case; numbers meet by value when the trait or
    /// the literal is a number, so that the quoted <c>"010"</c> meets the text 010 and not the text 10.
    /// </summary>
    public bool Meets(TraitValue value)
    {
        if (value.Kind == TraitKind.Truth && _truth is { } truth) return value == TraitValue.OfTruth(truth);
        if (string.Equals(text, value.Text, StringComparison.OrdinalIgnoreCase)) return true;
        return (!isQuoted || value.Kind == TraitKind.Number) && Number is { } number && value.AsNumber() == number;
    }
}
