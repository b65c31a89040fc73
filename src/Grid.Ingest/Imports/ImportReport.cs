using System.Text.Json;
using Grid.Ingest.Responses;
using Grid.Model.Facts;
using Grid.Model.Languages;
using Grid.Model.Rejections;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;

namespace Grid.Ingest.Imports;

/// <summary>The answer to an import: a summary at the end, or in strict mode a line for each item as it is delivered.</summary>
internal sealed class ImportReport(HttpContext http, bool isStrict)
{
    private readonly List<(long Line, Reason Reason, string Place)> _rejections = [];
    private Language? _language;
    private long _accepted;
    private long _duplicates;
    private long _rejected;
    private long _assumedUtc;

    public async Task Add(ImportChunk chunk)
    {
        for (var index = 0; index < chunk.Lines.Count; index++) Count(chunk, index);
        _assumedUtc += chunk.AssumedUtc;
        if (!isStrict) return;
        Begin("application/x-ndjson");
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

        var language = Begin(isStrict ? "application/x-ndjson" : "application/json");
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, AnswerLanguage.Readable);
        json.WriteStartObject();
        if (problem is not null) json.WriteString("error"u8, problem.Detail.In(language));
        if (problem?.Place is { } place) json.WriteString("place"u8, place);
        json.WriteNumber("accepted"u8, _accepted);
        json.WriteNumber("duplicate"u8, _duplicates);
        json.WriteNumber("rejected"u8, _rejected);
        if (_assumedUtc > 0)
        {
            json.WriteString("assumedZone"u8, "UTC"u8);
            json.WriteNumber("assumedZoneRows"u8, _assumedUtc);
        }

        json.WriteStartArray("firstRejections"u8);
        foreach (var (line, reason, where) in _rejections)
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, line);
            json.WriteString("reason"u8, reason.In(language));
            json.WriteString("place"u8, where);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync();
    }

    /// <summary>Sets the headers with the first part of the answer.</summary>
    private Language Begin(string contentType)
    {
        if (_language is { } begun) return begun;
        http.Response.ContentType = contentType;
        _language = AnswerLanguage.Choose(http);
        return _language.Value;
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
        using (var json = new Utf8JsonWriter(http.Response.BodyWriter, AnswerLanguage.Readable))
            ItemResponse.WriteItem(json, "line"u8, chunk.Lines[index], chunk.Batch, index, chunk.Raw.Span, _language!.Value);
        var end = http.Response.BodyWriter.GetSpan(1);
        end[0] = (byte)'\n';
        http.Response.BodyWriter.Advance(1);
    }
}
