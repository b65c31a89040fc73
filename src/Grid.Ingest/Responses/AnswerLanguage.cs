using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Grid.Model.Languages;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Grid.Ingest.Responses;

/// <summary>The language of an answer that has texts.</summary>
internal static class AnswerLanguage
{
    /// <summary>Without escapes for Chinese, so that it can be read in a terminal.</summary>
    public static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The language of the request; the headers of the answer name it.</summary>
    public static Language Choose(HttpContext http)
    {
        var language = LanguageNegotiation.Choose(http.Request.Headers.AcceptLanguage);
        http.Response.Headers.ContentLanguage = LanguageNegotiation.TagOf(language);
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return language;
    }
}
