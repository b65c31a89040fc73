using System.IO.Compression;
using CsvHelper;

namespace Grid.Server.Replay;

/// <summary>A CSV file to write, gzipped when its name ends in <c>.gz</c>.</summary>
internal sealed class CsvFile : IAsyncDisposable
{
    private readonly StreamWriter _text;
    private readonly CsvWriter _csv;

    public CsvFile(string path)
    {
        Stream raw = File.Create(path);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) raw = new GZipStream(raw, CompressionLevel.Fastest);
        _text = new StreamWriter(raw);
        _csv = CsvWriter.Create(_text, new CsvWriterOptions(), leaveOpen: true);
    }

    public void Write(ReadOnlySpan<string> fields)
    {
        foreach (var field in fields) _csv.WriteField(field);
        _csv.EndRecord();
    }

    public async ValueTask DisposeAsync()
    {
        _csv.Flush();
        await _text.DisposeAsync();
    }
}
