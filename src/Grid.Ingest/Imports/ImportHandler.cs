using Grid.Grains;
using Grid.Ingest.Bodies;
using Grid.Ingest.Recording;
using Grid.Ingest.Responses;
using Grid.Ingest.Values;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Ingest.Imports;

/// <summary>Handles imports of any size in bounded memory: it reads chunks, and delivers a few of them concurrently.</summary>
internal sealed class ImportHandler(IngestOptions options, IngestGate gate, FactDelivery delivery, GridClock time, TimeProvider system)
{
    private const int WaitMilliseconds = 20;
    private static readonly LocalizedText Unreadable = new("导入无法读取", "The import cannot be read");
    private static readonly LocalizedText MissingKey = new(
        "请用 Basic 或 Bearer 授权提供导入的密钥。", "an import shows its key by Basic or Bearer authorization");

    private readonly WriteKeys _keys = new(options.WriteKeys);
    private readonly ImportFile _file = new(options.Mapping, options.Currency, options.Placeholders);

    /// <param name="http">The request.</param>
    /// <param name="zone">The IANA zone of csv times that are written without one; null: UTC.</param>
    public async Task Import(HttpContext http, string? zone)
    {
        if (!_keys.Knows(WriteKeys.OfHeader(http.Request)))
        {
            await Problem.Unknown(MissingKey).Write(http);
            return;
        }

        if (FormatOf(http.Request, out var format) is { } type)
        {
            await type.Write(http);
            return;
        }

        if (ZoneFault(zone, format, out var clock) is { } misplaced)
        {
            await misplaced.Write(http);
            return;
        }

        if (BodyStream.CodingFault(http.Request, out var isGzip) is { } coding)
        {
            await coding.Write(http);
            return;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        await using var stream = BodyStream.Open(http.Request, isGzip);
        await Run(http, stream, format, clock);
    }

    private async Task Run(HttpContext http, Stream stream, ImportFormat format, WallClock? clock)
    {
        var report = new ImportReport(http, TrackHandler.IsStrict(http.Request));
        var sending = new Queue<Sending>();
        Problem? problem = null;
        try
        {
            await foreach (var chunk in _file.Chunks(stream, format, clock, () => time.Now, http.RequestAborted))
            {
                sending.Enqueue(await Start(chunk, http.RequestAborted));
                if (sending.Count >= IngestLimits.ImportChunksInFlightMax) await Finish(sending, report);
            }

            while (sending.Count > 0) await Finish(sending, report);
        }
        catch (ImportException exception)
        {
            problem = new Problem(StatusCodes.Status400BadRequest, Unreadable, exception.Text, exception.Place);
        }
        catch (InvalidDataException exception)
        {
            problem = Problem.NoGzip(Unreadable, exception);
        }
        catch (BadHttpRequestException exception)
        {
            var detail = new LocalizedText($"请求体没有读完，请检查网络后重新发送：{exception.Message}", exception.Message);
            problem = new Problem(exception.StatusCode, Unreadable, detail);
        }
        catch (Exception exception) when (Unavailability.From(exception, options) is { } unavailable)
        {
            problem = unavailable;
        }
        finally
        {
            problem = await FinishAll(sending, report, problem);
        }

        await report.End(problem);
    }

    /// <summary>Waits for all started chunks, also after reading or an earlier chunk has failed.</summary>
    private async Task<Problem?> FinishAll(Queue<Sending> sending, ImportReport report, Problem? problem)
    {
        while (sending.Count > 0)
        {
            try
            {
                await Finish(sending, report);
            }
            catch (Exception exception) when (Unavailability.From(exception, options) is { } unavailable)
            {
                problem ??= unavailable;
            }
        }

        return problem;
    }

    private async Task<Sending> Start(ImportChunk chunk, CancellationToken cancellation)
    {
        gate.CountBytes(chunk.Raw.Length);
        var bytes = chunk.Raw.Length;
        var pass = gate.Enter();
        try
        {
            // An import waits for room, where a single call is answered 429: no sender would repeat a chunk in the middle of a file.
            while (!pass.TryTakeBytes(bytes))
                await Task.Delay(TimeSpan.FromMilliseconds(WaitMilliseconds), system, cancellation);
            while (!pass.TryTakeEvents(chunk.Lines.Count))
                await Task.Delay(TimeSpan.FromMilliseconds(WaitMilliseconds), system, cancellation);
            return new Sending(chunk, delivery.Send(chunk.Batch, chunk.Raw), pass);
        }
        catch
        {
            pass.Dispose();
            throw;
        }
    }

    private static async Task Finish(Queue<Sending> sending, ImportReport report)
    {
        var (chunk, task, pass) = sending.Dequeue();
        try
        {
            await task;
        }
        finally
        {
            pass.Dispose();
        }

        await report.Add(chunk);
    }

    private static Problem? FormatOf(HttpRequest request, out ImportFormat format)
    {
        format = BodyStream.MediaType(request).Equals("text/csv", StringComparison.OrdinalIgnoreCase)
            ? ImportFormat.Orders : ImportFormat.Calls;
        return BodyStream.TypeFault(request, "application/x-ndjson", "application/ndjson", "application/jsonl", "text/csv");
    }

    private static Problem? ZoneFault(string? zone, ImportFormat format, out WallClock? clock)
    {
        clock = null;
        if (zone is null) return null;
        if (format != ImportFormat.Orders)
        {
            return new Problem(StatusCodes.Status400BadRequest, Unreadable, new LocalizedText(
                "zone 只用于 csv；调用的时间请写明时区，例如 2026-01-31T08:00:00+08:00。",
                "zone is for csv; write the zone in the times of calls, as in 2026-01-31T08:00:00+08:00"));
        }

        clock = WallClock.Find(zone);
        if (clock is not null) return null;
        var shown = zone.Length <= IngestLimits.ZoneShownMax ? zone : zone[..IngestLimits.ZoneShownMax];
        return new Problem(StatusCodes.Status400BadRequest, Unreadable, new LocalizedText(
            $"zone“{shown}”不是 IANA 时区；请写成 Asia/Shanghai 这样的名称。", $"zone is '{shown}', which is no IANA time zone such as Asia/Shanghai"));
    }

    private readonly record struct Sending(ImportChunk Chunk, Task Task, GatePass Pass);
}
