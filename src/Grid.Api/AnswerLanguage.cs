using Grid.Model.Languages;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Grid.Api;

/// <summary>The language of an answer that has texts.</summary>
internal static class AnswerLanguage
{
    /// <summary>The language of the request; the headers of the answer name it.</summary>
    public static Language Choose(HttpContext http)
    {
        var language = LanguageNegotiation.Choose(http.Request.Headers.AcceptLanguage);
        http.Response.Headers.ContentLanguage = LanguageNegotiation.TagOf(language);
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return language;
    }
}
