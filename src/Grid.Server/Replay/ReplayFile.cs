using System.IO.Compression;
using System.Runtime.CompilerServices;
using Grid.Grains;
using Grid.Ingest.Imports;
using Grid.Server.Hosting;

namespace Grid.Server.Replay;

/// <summary>A file of recorded events, inflated during reading; reports how much of it has been read.</summary>
internal sealed class ReplayFile(string path) : IDisposable
{
    private readonly FileStream _raw = File.OpenRead(path);

    public string Path => path;

    public long Length => _raw.Length;

    public long BytesRead => _raw.Position;

    /// <summary>The lines in their order. Instants are not compared with the clock: the future of a live grid is the past of a replay.</summary>
    public async IAsyncEnumerable<ImportedLine> Lines(ImportFile reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        await using Stream stream = name.Length < path.Length ? new GZipStream(_raw, CompressionMode.Decompress, leaveOpen: true) : _raw;
        var format = name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? ImportFormat.Orders : ImportFormat.Calls;
        var now = new GridClock(TimeProvider.System).Now;
        await using var lines = reader.Read(stream, format, () => now, cancellation).GetAsyncEnumerator(cancellation);
        while (await Next(lines)) yield return lines.Current;
    }

    private async ValueTask<bool> Next(IAsyncEnumerator<ImportedLine> lines)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (ImportException mistake)
        {
            throw new ConfigurationException($"{path}: {mistake.Place}: {mistake.Message}");
        }
        catch (InvalidDataException mistake)
        {
            throw new ConfigurationException($"{path} cannot be inflated: {mistake.Message}");
        }
    }

    public void Dispose() => _raw.Dispose();
}
