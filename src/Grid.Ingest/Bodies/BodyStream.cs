using System.IO.Compression;
using System.Net.Mime;
using Grid.Ingest.Responses;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;

namespace Grid.Ingest.Bodies;

/// <summary>Opens a request's body: checks its type and coding, inflates gzip.</summary>
internal static class BodyStream
{
    // text/plain is sent by browser SDKs, because it needs no preflight request. RudderStack's SDK for Node.js compresses its JSON, and its HTTP client
    // then calls the bytes a form.
    private static readonly string[] CallTypes =
        [MediaTypeNames.Application.Json, MediaTypeNames.Text.Plain, MediaTypeNames.Application.FormUrlEncoded];

    public static Problem? CallTypeFault(HttpRequest request) => TypeFault(request, CallTypes);

    public static Problem? TypeFault(HttpRequest request, params ReadOnlySpan<string> expected)
    {
        // Without a content type a browser would send the request of any page without a preflight, so a missing type is refused like a wrong one.
        var type = MediaType(request);
        foreach (var candidate in expected)
            if (type.Equals(candidate, StringComparison.OrdinalIgnoreCase))
                return null;
        return new Problem(
            StatusCodes.Status415UnsupportedMediaType,
            new LocalizedText("不支持该内容类型", "The content type is not supported"),
            new LocalizedText(
                $"请求{(type.IsEmpty ? "没有内容类型" : $"的内容类型是“{type}”")}；请改为 {string.Join(" 或 ", expected.ToArray())}。",
                $"{(type.IsEmpty ? "the request has no content type" : $"the content type is '{type}'")}; "
                + $"set it to {string.Join(" or ", expected.ToArray())}"));
    }

    public static bool IsJson(HttpRequest request) =>
        MediaType(request).Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase);

    public static ReadOnlySpan<char> MediaType(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        var parameters = type.IndexOf(';');
        return (parameters < 0 ? type : type[..parameters]).Trim();
    }

    /// <summary>True for gzip, false for no coding; a problem for every other coding.</summary>
    public static Problem? CodingFault(HttpRequest request, out bool isGzip)
    {
        var coding = request.Headers.ContentEncoding.ToString();
        isGzip = coding.Equals("gzip", StringComparison.OrdinalIgnoreCase) || coding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase);
        if (isGzip || coding.Length == 0 || coding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return null;
        return new Problem(
            StatusCodes.Status415UnsupportedMediaType,
            new LocalizedText("不支持该内容编码", "The content encoding is not supported"),
            new LocalizedText($"请求的内容编码是“{coding}”；请改为 gzip，或不压缩。", $"'{coding}' was sent, only gzip and identity are taken"));
    }

    public static Stream Open(HttpRequest request, bool isGzip) =>
        isGzip ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true) : request.Body;
}
