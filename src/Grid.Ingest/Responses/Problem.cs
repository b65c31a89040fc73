using System.Globalization;
using System.Text.Json;
using Grid.Ingest.Calls;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;

namespace Grid.Ingest.Responses;

/// <summary>The reason why a whole request was refused, as RFC 9457 problem+json in the language of the request.</summary>
internal sealed record Problem(int Status, LocalizedText Title, LocalizedText Detail, string? Place = null, int? RetryAfterSeconds = null)
{
    private static readonly LocalizedText BodyTooLarge = new("请求体过大", "The body is too large");

    public static LocalizedText BodyUnreadable { get; } = new("请求体无法读取", "The body cannot be read");

    public static Problem From(BodyFault error) => error.IsTooLarge
        ? new Problem(StatusCodes.Status413PayloadTooLarge, BodyTooLarge, error.Reason.Text, error.Place)
        : new Problem(StatusCodes.Status400BadRequest, BodyUnreadable, error.Reason.Text, error.Place);

    public static Problem TooLarge(int max) => new(
        StatusCodes.Status413PayloadTooLarge,
        BodyTooLarge,
        new LocalizedText($"解压后最多 {max} 字节；请拆分后再发送。", $"The limit is {max} bytes after decompression; split the body."));

    public static Problem TooSlow { get; } = new(
        StatusCodes.Status408RequestTimeout,
        new LocalizedText("请求体到达太慢", "The body arrives too slowly"),
        new LocalizedText(
            $"连续 {IngestLimits.BodyWindowSeconds} 秒，每秒到达不足 {IngestLimits.BodyBytesPerSecondMin} 字节。请重新发送同一请求。",
            $"Fewer than {IngestLimits.BodyBytesPerSecondMin} bytes a second arrived for {IngestLimits.BodyWindowSeconds} seconds. "
            + "Send the same request again."));

    public static Problem Unknown(LocalizedText detail) => new(
        StatusCodes.Status401Unauthorized, new LocalizedText("写入密钥缺失或无效", "The write key is missing or unknown"), detail);

    public static Problem Full(int retryAfterSeconds) => new(
        StatusCodes.Status429TooManyRequests,
        new LocalizedText("处理中的事件过多", "Too many events are in flight"),
        new LocalizedText(
            "请稍后重新发送同一请求；已经持久化的事件只计一次。",
            "Send the same request again later; an event that is already durable counts once."),
        null,
        retryAfterSeconds);

    /// <param name="title">Names the body or the import.</param>
    /// <param name="exception">The failure of the decompression.</param>
    public static Problem NoGzip(LocalizedText title, InvalidDataException exception) => new(
        StatusCodes.Status400BadRequest,
        title,
        new LocalizedText($"内容不是 gzip，请检查压缩：{exception.Message}", $"it is not gzip: {exception.Message}"));

    public async Task Write(HttpContext http)
    {
        var language = AnswerLanguage.Choose(http);
        var response = http.Response;
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        if (RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Basic realm=\"grid\"";
        if (Status == StatusCodes.Status415UnsupportedMediaType) response.Headers.AcceptEncoding = "gzip";
        await using var json = new Utf8JsonWriter(response.BodyWriter, AnswerLanguage.Readable);
        json.WriteStartObject();
        json.WriteString("type"u8, "about:blank"u8);
        json.WriteString("title"u8, Title.In(language));
        json.WriteNumber("status"u8, Status);
        json.WriteString("detail"u8, Detail.In(language));
        if (Place is not null) json.WriteString("place"u8, Place);
        json.WriteEndObject();
        await json.FlushAsync();
    }
}
