using System.Net.Http.Headers;

namespace Grid.Model.Languages;

/// <summary>Chooses the language of an answer from the header <c>Accept-Language</c> of its request.</summary>
public static class LanguageNegotiation
{
    /// <summary>The language with the highest quality, the first of equals; English when the header names none of the languages.</summary>
    /// <param name="acceptLanguage">The values of the header, each a list such as <c>zh-CN,zh;q=0.9,en;q=0.8</c>. Unreadable items are ignored.</param>
    public static Language Choose(IEnumerable<string?> acceptLanguage)
    {
        var (chosen, best) = (Language.English, 0d);
        foreach (var item in acceptLanguage.SelectMany(value => (value ?? string.Empty).Split(',')))
        {
            if (!StringWithQualityHeaderValue.TryParse(item, out var range) || Find(range.Value) is not { } language) continue;
            var quality = range.Quality ?? 1;
            if (quality > best) (chosen, best) = (language, quality);
        }

        return chosen;
    }

    /// <summary>The value of <c>Content-Language</c>.</summary>
    public static string TagOf(Language language) => language == Language.Chinese ? "zh-CN" : "en";

    /// <summary>The language of a tag such as <c>zh-CN</c>; null for another one. Regions and scripts are not distinguished.</summary>
    /// <remarks>The range <c>*</c> allows every language, so it is English.</remarks>
    public static Language? Find(string range) => range.Split('-')[0].ToLowerInvariant() switch
    {
        "zh" => Language.Chinese,
        "en" or "*" => Language.English,
        _ => null,
    };
}
