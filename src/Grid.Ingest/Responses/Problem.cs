using System.Globalization;
using System.Text.Json;
using Grid.Ingest.Calls;
using Microsoft.AspNetCore.Http;

namespace Grid.Ingest.Responses;

/// <summary>The reason why a whole request was refused, as RFC 9457 problem+json.</summary>
internal sealed record Problem(int Status, string Title, string? Detail = null, string? Place = null, int? RetryAfterSeconds = null)
{
    public static Problem From(BodyFault fault) => fault.TooLarge
        ? new Problem(StatusCodes.Status413PayloadTooLarge, "The body is too large", fault.Reason, fault.Place)
        : new Problem(StatusCodes.Status400BadRequest, "The body cannot be read", fault.Reason, fault.Place);

    public static Problem TooLarge(int max) => new(
        StatusCodes.Status413PayloadTooLarge, "The body is too large", $"The limit is {max} bytes after decompression; split the body.");

    public static Problem TooSlow { get; } = new(
        StatusCodes.Status408RequestTimeout,
        "The body arrives too slowly",
        $"Fewer than {IngestLimits.BodyBytesPerSecondMin} bytes a second arrived for {IngestLimits.BodyWindowSeconds} seconds. Send the same request again.");

    public static Problem Unknown(string detail) => new(StatusCodes.Status401Unauthorized, "The write key is missing or unknown", detail);

    public static Problem Full(int retryAfterSeconds) => new(
        StatusCodes.Status429TooManyRequests,
        "Too many events are in flight",
        "Send the same request again later; an event that is already durable counts once.",
        null,
        retryAfterSeconds);

    public async Task Write(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        if (RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Basic realm=\"grid\"";
        if (Status == StatusCodes.Status415UnsupportedMediaType) response.Headers.AcceptEncoding = "gzip";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type"u8, "about:blank"u8);
        json.WriteString("title"u8, Title);
        json.WriteNumber("status"u8, Status);
        if (Detail is not null) json.WriteString("detail"u8, Detail);
        if (Place is not null) json.WriteString("place"u8, Place);
        json.WriteEndObject();
        await json.FlushAsync();
    }
}
