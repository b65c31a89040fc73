using System.Collections.Frozen;
using System.Reflection;

namespace Grid.Model.Rejections;

/// <summary>Finds the reason of an English text, as messages and ledgers have it.</summary>
public static class ReasonCatalogue
{
    /// <summary>At how many places a value is tried to end. More of one separator are in no reason that a sender did not shape.</summary>
    internal const int TriesMax = 16;

    /// <summary>Longer texts are not parsed; they stay English.</summary>
    private const int CharactersMax = 1_000;

    private static readonly Lazy<FrozenDictionary<string, Reason>> Fixed = new(() =>
        Fields<Reason>(typeof(Reasons)).ToFrozenDictionary(reason => reason.ToString(), StringComparer.Ordinal));

    private static readonly Lazy<FrozenDictionary<string, Reason>> Words = new(() =>
        Fields<Reason>(typeof(ReasonWords)).ToFrozenDictionary(word => word.ToString(), StringComparer.Ordinal));

    // Those around another reason first, then those with the longest words: a value takes whatever stands in its place.
    private static readonly Lazy<ReasonTemplate[]> Templates = new(() =>
        [.. Fields<ReasonTemplate>(typeof(Reasons)).Where(template => template != Reasons.Unlisted)
            .OrderByDescending(template => template.Rank > 0).ThenByDescending(template => template.LiteralLength)]);

    /// <summary>All reasons without values.</summary>
    internal static IEnumerable<Reason> All => Fixed.Value.Values;

    /// <summary>All reasons with values.</summary>
    internal static IReadOnlyList<ReasonTemplate> WithValues => Templates.Value;

    internal static IEnumerable<Reason> AllWords => Words.Value.Values;

    /// <summary>The reason with this text. A text of a build with other reasons stands as it is, in every language.</summary>
    public static Reason Parse(string english) => Find(english, int.MaxValue) ?? Reasons.Unlisted.With(english);

    /// <summary>The value that a part of an English text stands for; null when the placeholder takes no such value.</summary>
    internal static object? Value(string placeholder, string text, int rank) => placeholder switch
    {
        "reason" => Find(text, rank),
        "found" or "expected" => Words.Value.GetValueOrDefault(text),
        _ => text,
    };

    /// <summary>Null when no reason below the rank has this text.</summary>
    private static Reason? Find(string english, int below)
    {
        if (english.Length > CharactersMax) return null;
        if (Fixed.Value.TryGetValue(english, out var reason)) return reason;
        foreach (var template in Templates.Value)
        {
            if (template.Rank < below && template.Parse(english) is { } found) return found;
        }

        return null;
    }

    private static IEnumerable<T> Fields<T>(Type catalogue) => catalogue.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<T>();
}
