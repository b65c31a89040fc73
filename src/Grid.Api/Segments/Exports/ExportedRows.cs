using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;

namespace Grid.Api.Segments.Exports;

/// <summary>Gathers rows as bytes until they are taken.</summary>
internal abstract class ExportedRows : IDisposable
{
    protected MemoryStream Gathered { get; } = new();

    public abstract string ContentType { get; }

    /// <summary>The number of gathered bytes, without those that the writers still buffer.</summary>
    public long Length => Gathered.Length;

    public abstract void Add(IReadOnlyList<ExportColumn> columns, in ExportedCustomer customer);

    /// <summary>Sends the gathered rows.</summary>
    public async Task Send(Stream body, CancellationToken cancellation)
    {
        Finish();
        await body.WriteAsync(Gathered.GetBuffer().AsMemory(0, (int)Gathered.Length), cancellation);
        await body.FlushAsync(cancellation);
        Gathered.SetLength(0);
    }

    public virtual void Dispose() => Gathered.Dispose();

    /// <summary>Writes out the rest that the writers buffer.</summary>
    protected abstract void Finish();
}

/// <summary>An object a line, its fields named like the columns.</summary>
internal sealed class NdjsonRows : ExportedRows, IExportedValue
{
    // Relaxed escaping is safe, because no page embeds these bytes, and keeps names readable.
    private readonly Utf8JsonWriter _json;

    public NdjsonRows() => _json = new Utf8JsonWriter(Gathered, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public override string ContentType => "application/x-ndjson";

    public override void Add(IReadOnlyList<ExportColumn> columns, in ExportedCustomer customer)
    {
        _json.WriteStartObject();
        foreach (var column in columns)
        {
            _json.WritePropertyName(column.Name);
            column.Write(customer, this);
        }

        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        Gathered.WriteByte((byte)'\n');
    }

    public void Text(string? text) => _json.WriteStringValue(text);

    public void Texts(IEnumerable<string> texts)
    {
        _json.WriteStartArray();
        foreach (var text in texts) _json.WriteStringValue(text);
        _json.WriteEndArray();
    }

    public void Number(string digits) => _json.WriteRawValue(digits);

    public void Truth(bool truth) => _json.WriteBooleanValue(truth);

    public override void Dispose()
    {
        _json.Dispose();
        base.Dispose();
    }

    protected override void Finish()
    {
    }
}

/// <summary>A head with the names of the columns, then a record a row; several texts are joined by <c>|</c>, nothing is empty.</summary>
internal sealed class CsvRows : ExportedRows, IExportedValue
{
    // The bytes that the two writers below buffer do not count as gathered yet.
    private const int RecordsHeldMax = 64;
    private readonly StreamWriter _text;
    private readonly CsvWriter _csv;
    private readonly bool _isForExcel;
    private int _records;

    /// <param name="columns">The columns in their order.</param>
    /// <param name="isForExcel">
    /// Whether the file begins with a byte order mark, by which spreadsheets recognise UTF-8, and holds no text that they take for a formula.
    /// </param>
    public CsvRows(IReadOnlyList<ExportColumn> columns, bool isForExcel)
    {
        _isForExcel = isForExcel;
        if (isForExcel) Gathered.Write(Encoding.UTF8.Preamble);
        _text = new StreamWriter(Gathered, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        _csv = CsvWriter.Create(_text, new CsvWriterOptions(), leaveOpen: true);
        foreach (var column in columns) WriteText(column.Name);
        _csv.EndRecord();
    }

    public override string ContentType => "text/csv; charset=utf-8";

    public override void Add(IReadOnlyList<ExportColumn> columns, in ExportedCustomer customer)
    {
        foreach (var column in columns) column.Write(customer, this);
        _csv.EndRecord();
        if (++_records % RecordsHeldMax == 0) Finish();
    }

    public void Text(string? text) => WriteText(text ?? string.Empty);

    public void Texts(IEnumerable<string> texts) => WriteText(string.Join('|', texts));

    public void Number(string digits) => _csv.WriteField(digits);

    public void Truth(bool truth) => _csv.WriteField(truth ? "true" : "false");

    public override void Dispose()
    {
        _csv.Dispose();
        _text.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// Text that begins with one of these characters is a formula for a spreadsheet, with the rights of its reader; behind an apostrophe it is text
    /// (OWASP, CSV injection). The full-width forms of the signs are read like the plain ones.
    /// </summary>
    private void WriteText(string text) =>
        _csv.WriteField(_isForExcel && text.Length > 0 && IsFormula(text[0]) ? "'" + text : text);

    private static bool IsFormula(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';

    protected override void Finish()
    {
        _csv.Flush();
        _text.Flush();
    }
}
