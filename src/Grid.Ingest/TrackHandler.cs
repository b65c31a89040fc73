using System.Diagnostics;
using System.Text.Json;
using Grid.Grains;
using Grid.Ingest.Bodies;
using Grid.Ingest.Calls;
using Grid.Ingest.Recording;
using Grid.Ingest.Responses;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;

namespace Grid.Ingest;

/// <summary>
/// Handles the calls of the Segment HTTP tracking spec. A 200 response means that the events are durable. The grid's clock gives the receiving time;
/// the system's clock measures how long senders wait.
/// </summary>
internal sealed class TrackHandler(IngestOptions options, IngestGate gate, FactDelivery delivery, GridClock clock, TimeProvider system)
{
    private static readonly LocalizedText UnknownKey = new(
        "Authorization 头里没有有效的密钥；请使用已配置的密钥。", "the Authorization header shows no known key");

    private static readonly LocalizedText MissingKey = new(
        "请用 Basic 授权，或用请求体里的 writeKey 提供密钥。", "show it by Basic authorization or as writeKey in the body");

    private readonly WriteKeys _keys = new(options.WriteKeys);
    private readonly CallParser _parser = new(options.Mapping, options.Currency, Stopwatch.GetTimestamp(), placeholders: options.Placeholders);

    public Task Call(HttpContext http, CallKind kind) => Take(http, kind, isBatch: false);

    public Task Batch(HttpContext http) => Take(http, CallKind.Any, isBatch: true);

    private async Task Take(HttpContext http, CallKind kind, bool isBatch)
    {
        var problem = await TryTake(http, kind, isBatch);
        if (problem is null) return;
        if (problem.Status == StatusCodes.Status429TooManyRequests) gate.CountRefused();
        await problem.Write(http);
    }

    private async Task<Problem?> TryTake(HttpContext http, CallKind kind, bool isBatch)
    {
        var max = isBatch ? IngestLimits.BatchBytesMax : IngestLimits.CallBytesMax;
        var headerKey = WriteKeys.OfHeader(http.Request);
        if (headerKey is not null && !_keys.Knows(headerKey)) return Problem.Unknown(UnknownKey);
        if (BodyStream.CallTypeFault(http.Request) is { } type) return type;
        if (BodyStream.CodingFault(http.Request, out var isGzip) is { } coding) return coding;
        var length = isGzip ? null : http.Request.ContentLength;
        if (length > max) return Problem.TooLarge(max);

        var pass = gate.Enter(isKeyless: headerKey is null && !_keys.Open);
        PooledBody? body = null;
        Task? sending = null;
        try
        {
            await using var stream = BodyStream.Open(http.Request, isGzip);
            (body, var end) = await PooledBody.Read(stream, (int)(length ?? 0), max, pass, system, http.RequestAborted);
            if (body is null) return Of(end, max);
            gate.CountBytes(body.Bytes.Length);

            var batch = new CallBatch(clock.Now);
            var error = isBatch ? _parser.ReadBatch(body.Bytes.Span, batch) : _parser.ReadCall(body.Bytes.Span, kind, batch);
            if (error is not null) return Problem.From(error);
            if (headerKey is null && !_keys.Knows(batch.WriteKey))
                return Problem.Unknown(MissingKey);
            pass.ShowKey();
            if (!pass.TryTakeEvents(batch.Items.Count)) return Problem.Full(options.RetryAfterSeconds);

            sending = delivery.Send(batch, CallParser.PastByteOrderMark(body.Bytes));
            await sending.WaitAsync(options.PatienceMax, system);
            await Answer(http, batch, CallParser.PastByteOrderMark(body.Bytes));
            return null;
        }
        catch (InvalidDataException exception) when (sending is null && isGzip)
        {
            return Problem.NoGzip(Problem.BodyUnreadable, exception);
        }
        catch (Exception exception) when (sending is not null && Unavailability.From(exception, options) is { } unavailable)
        {
            return unavailable;
        }
        finally
        {
            Release(sending, pass, body);
        }
    }

    private Problem Of(BodyEnd end, int max) => end switch
    {
        BodyEnd.NoRoom => Problem.Full(options.RetryAfterSeconds),
        BodyEnd.TooSlow => Problem.TooSlow,
        _ => Problem.TooLarge(max),
    };

    /// <summary>Returns room and body when the delivery has really ended, which may be after the sender's request timed out.</summary>
    private static void Release(Task? sending, GatePass pass, PooledBody? body)
    {
        if (sending is { IsCompleted: false })
        {
            _ = sending.ContinueWith(
                ended =>
                {
                    // The sender has been answered 503 already; reading the exception marks it as observed.
                    _ = ended.Exception;
                    Release(null, pass, body);
                },
                TaskScheduler.Default);
            return;
        }

        pass.Dispose();
        body?.Dispose();
    }

    private static async Task Answer(HttpContext http, CallBatch batch, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = "application/json";
        if (!IsStrict(http.Request))
        {
            http.Response.ContentLength = Success.Length;
            await http.Response.BodyWriter.WriteAsync(Success);
            return;
        }

        var language = AnswerLanguage.Choose(http);
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, AnswerLanguage.Readable);
        ItemResponse.WriteItems(json, batch, body.Span, language);
        await json.FlushAsync();
    }

    internal static bool IsStrict(HttpRequest request) =>
        request.QueryString.HasValue && request.Query.TryGetValue("strict", out var strict) && strict == "true";

    private static readonly byte[] Success = [.. """{"success":true}"""u8];
}
