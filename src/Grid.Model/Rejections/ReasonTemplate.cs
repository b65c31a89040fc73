using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Grid.Model.Languages;

namespace Grid.Model.Rejections;

/// <summary>
/// The texts of a reason. Placeholders such as <c>{max}</c> stand for its values, in the order of the English text. The value of <c>{reason}</c> is
/// another reason; those of <c>{found}</c> and <c>{expected}</c> are words of <see cref="ReasonWords"/>.
/// </summary>
public sealed class ReasonTemplate
{
    private readonly Wording _chinese;
    private readonly Wording _english;

    internal ReasonTemplate(string zh, string en, [CallerMemberName] string code = "")
    {
        (Code, _chinese, _english) = (code, Wording.From(zh), Wording.From(en));
        if (!_chinese.Names.Order(StringComparer.Ordinal).SequenceEqual(_english.Names.Order(StringComparer.Ordinal)))
            throw new ArgumentException($"The texts of {code} have different placeholders.");
    }

    public string Code { get; }

    /// <summary>The names of the placeholders, in the order of the values.</summary>
    public IReadOnlyList<string> Names => _english.Names;

    /// <summary>A reason is nested in one of a higher rank only; those without another reason have rank 0.</summary>
    internal int Rank { get; init; }

    internal int LiteralLength => _english.Literals.Sum(literal => literal.Length);

    /// <param name="values">One for each placeholder, in the order of the English text.</param>
    public Reason With(params ReadOnlySpan<object> values)
    {
        if (values.Length != Names.Count) throw new ArgumentException($"{Code} has {Names.Count} values, and {values.Length} were given.");
        var kept = new object[values.Length];
        for (var index = 0; index < kept.Length; index++)
            kept[index] = values[index] is Reason reason ? reason : Convert.ToString(values[index], CultureInfo.InvariantCulture) ?? string.Empty;
        return new Reason(this, kept);
    }

    internal string Format(Language language, object[] values)
    {
        var wording = language == Language.Chinese ? _chinese : _english;
        if (values.Length == 0) return wording.Literals[0];
        var text = new StringBuilder(wording.Literals[0]);
        for (var index = 0; index < values.Length; index++)
        {
            var value = values[PlaceOf(wording.Names[index])];
            text.Append(value is Reason reason ? reason.In(language) : value).Append(wording.Literals[index + 1]);
        }

        return text.ToString();
    }

    /// <summary>The reason whose English text this is; null when it is that of another template.</summary>
    internal Reason? Parse(string english)
    {
        var values = new object[Names.Count];
        return Match(english, 0, 0, values) ? new Reason(this, values) : null;
    }

    /// <summary>Matches the text from a literal on. Values may contain what a literal contains, so each place of the next literal is tried.</summary>
    private bool Match(string english, int start, int index, object[] values)
    {
        var literal = _english.Literals[index];
        if (string.CompareOrdinal(english, start, literal, 0, literal.Length) != 0) return false;
        start += literal.Length;
        if (index == values.Length) return start == english.Length;
        var next = _english.Literals[index + 1];
        var tries = 0;
        for (var end = EndOfValue(english, start, next); end >= 0 && tries < ReasonCatalogue.TriesMax; tries++)
        {
            if (ReasonCatalogue.Value(Names[index], english[start..end], Rank) is { } value)
            {
                values[index] = value;
                if (Match(english, end, index + 1, values)) return true;
            }

            end = next.Length == 0 || end == english.Length ? -1 : english.IndexOf(next, end + 1, StringComparison.Ordinal);
        }

        return false;
    }

    private static int EndOfValue(string text, int start, string next) =>
        next.Length == 0 ? text.Length : text.IndexOf(next, start, StringComparison.Ordinal);

    private int PlaceOf(string name)
    {
        for (var index = 0; index < Names.Count; index++)
            if (Names[index] == name)
                return index;
        throw new InvalidOperationException($"{Code} has no value {name}.");
    }

    /// <summary>A text cut at its placeholders: one literal more than names.</summary>
    private sealed record Wording(string[] Literals, string[] Names)
    {
        public static Wording From(string text)
        {
            var parts = text.Split('{', '}');
            return new Wording(
                [.. parts.Where((_, index) => index % 2 == 0)],
                [.. parts.Where((_, index) => index % 2 == 1)]);
        }
    }
}
