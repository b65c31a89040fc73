using System.Text.Json;
using Grid.Grains;
using Grid.Ingest.Bodies;
using Grid.Ingest.Recording;
using Grid.Ingest.Responses;
using Grid.Model.Facts;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Ingest.Imports;

/// <summary>Handles imports of any size in bounded memory: it reads chunks, and delivers a few of them concurrently.</summary>
internal sealed class ImportHandler(IngestOptions options, IngestGate gate, FactDelivery delivery, GridClock clock, TimeProvider system)
{
    private const int WaitMilliseconds = 20;
    private static readonly LocalizedText Unreadable = new("导入无法读取", "The import cannot be read");
    private static readonly LocalizedText MissingKey = new(
        "请用 Basic 或 Bearer 授权提供导入的密钥。", "an import shows its key by Basic or Bearer authorization");

    private readonly WriteKeys _keys = new(options.WriteKeys);
    private readonly ImportFile _file = new(options.Mapping, options.Currency, options.Placeholders);

    public async Task Import(HttpContext http)
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

        if (BodyStream.CodingFault(http.Request, out var isGzip) is { } coding)
        {
            await coding.Write(http);
            return;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        await using var stream = BodyStream.Open(http.Request, isGzip);
        await Run(http, stream, format);
    }

    private async Task Run(HttpContext http, Stream stream, ImportFormat format)
    {
        var report = new ImportReport(http, TrackHandler.IsStrict(http.Request));
        var sending = new Queue<Sending>();
        Problem? problem = null;
        try
        {
            await foreach (var chunk in _file.Chunks(stream, format, () => clock.Now, http.RequestAborted))
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

    private readonly record struct Sending(ImportChunk Chunk, Task Task, GatePass Pass);
}

/// <summary>The answer to an import: a summary at the end, or in strict mode a line for each item as it is delivered.</summary>
internal sealed class ImportReport(HttpContext http, bool isStrict)
{
    private readonly List<(long Line, string Reason, string Place)> _rejections = [];
    private long _accepted;
    private long _duplicates;
    private long _rejected;

    public async Task Add(ImportChunk chunk)
    {
        for (var index = 0; index < chunk.Lines.Count; index++) Count(chunk, index);
        if (!isStrict) return;
        http.Response.ContentType = "application/x-ndjson";
        for (var index = 0; index < chunk.Lines.Count; index++) WriteLine(chunk, index);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <summary>
    /// Writes the totals and, when the import was interrupted, the reason. All counted items are durable and need not be sent again.
    /// </summary>
    public async Task End(Problem? problem)
    {
        if (problem is not null && !http.Response.HasStarted)
        {
            var done = new LocalizedText(
                $"{problem.Detail.Zh}（此前已处理：接受 {_accepted} 条，重复 {_duplicates} 条，拒收 {_rejected} 条）",
                $"{problem.Detail.En}; taken before: {_accepted} accepted, {_duplicates} duplicate, {_rejected} rejected");
            await (problem with { Detail = done }).Write(http);
            return;
        }

        if (!http.Response.HasStarted) http.Response.ContentType = isStrict ? "application/x-ndjson" : "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        if (problem is not null) json.WriteString("error"u8, problem.Detail.En);
        if (problem?.Place is { } place) json.WriteString("place"u8, place);
        json.WriteNumber("accepted"u8, _accepted);
        json.WriteNumber("duplicate"u8, _duplicates);
        json.WriteNumber("rejected"u8, _rejected);
        json.WriteStartArray("firstRejections"u8);
        foreach (var (line, reason, where) in _rejections)
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, line);
            json.WriteString("reason"u8, reason);
            json.WriteString("place"u8, where);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync();
    }

    private void Count(ImportChunk chunk, int index)
    {
        var item = chunk.Batch.Items[index];
        if (item.Outcome.Kind == OutcomeKind.Accepted) _accepted++;
        else if (item.Outcome.Kind == OutcomeKind.Duplicate) _duplicates++;
        else _rejected++;
        if (item.Outcome.Kind == OutcomeKind.Rejected && _rejections.Count < IngestLimits.ImportRejectionsShown)
            _rejections.Add((chunk.Lines[index], item.Outcome.Reason!, item.Place ?? $"line {chunk.Lines[index]}"));
    }

    private void WriteLine(ImportChunk chunk, int index)
    {
        using (var json = new Utf8JsonWriter(http.Response.BodyWriter))
            ItemResponse.WriteItem(json, "line"u8, chunk.Lines[index], chunk.Batch, index, chunk.Raw.Span);
        var end = http.Response.BodyWriter.GetSpan(1);
        end[0] = (byte)'\n';
        http.Response.BodyWriter.Advance(1);
    }
}
