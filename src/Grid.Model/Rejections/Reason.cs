using System.Runtime.CompilerServices;
using Grid.Model.Languages;
using Grid.Model.Schemes.Definitions;

namespace Grid.Model.Rejections;

/// <summary>
/// Why an item was rejected, or why a part of it was left out: a code and its values. The texts stand in <see cref="Reasons"/>. Messages and ledgers
/// have the English text, which every build reads; <see cref="ReasonCatalogue.Parse"/> finds the reason again.
/// </summary>
public sealed class Reason : IEquatable<Reason>
{
    private readonly ReasonTemplate _template;
    private readonly object[] _values;

    /// <summary>A reason without values.</summary>
    internal Reason(string zh, string en, [CallerMemberName] string code = "")
        : this(new ReasonTemplate(zh, en, code), [])
    {
    }

    /// <param name="template">The texts.</param>
    /// <param name="values">One for each placeholder: a text, or another reason.</param>
    internal Reason(ReasonTemplate template, object[] values) => (_template, _values) = (template, values);

    /// <summary>The name in the catalogue.</summary>
    public string Code => _template.Code;

    public LocalizedText Text => new(In(Language.Chinese), In(Language.English));

    internal ReasonTemplate Template => _template;

    internal IReadOnlyList<object> Values => _values;

    public static bool operator ==(Reason? left, Reason? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Reason? left, Reason? right) => !(left == right);

    public string In(Language language) => _template.Format(language, _values);

    public bool Equals(Reason? other) => other is not null && _template == other._template && _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as Reason);

    public override int GetHashCode() => HashCode.Combine(Code, _values.Length);

    /// <summary>The text in English, for logs, messages and ledgers.</summary>
    public override string ToString() => In(Language.English);
}
