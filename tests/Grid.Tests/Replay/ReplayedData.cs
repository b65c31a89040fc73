using Grid.Grains;
using Grid.Grains.Clocks;
using Grid.Ingest;
using Grid.Ingest.Imports;
using Grid.Model.Time;
using Grid.Server.Configuration;
using Grid.Server.Replay;
using Grid.Testing.Servers;

namespace Grid.Tests.Replay;

/// <summary>A data set that is replayed through the real server onto a real file, with stops at instants to compare.</summary>
internal sealed class ReplayedData : IAsyncDisposable
{
    private readonly RunningServer _server;
    private readonly ReplayFile _file;
    private readonly IAsyncEnumerator<ImportedLine> _lines;
    private readonly string _folder;
    private readonly string _path;
    private ImportedLine? _ahead;

    private ReplayedData(RunningServer server, string folder, string path)
    {
        (_server, _folder, _path) = (server, folder, path);
        _file = new ReplayFile(path);
        _lines = _file.Lines(ReplayRun.ReaderOf(Of<IngestOptions>()), CancellationToken.None).GetAsyncEnumerator();
    }

    public static async Task<ReplayedData> Start(string path, DateTimeOffset start, IEnumerable<(string Name, string Yaml)> schemes)
    {
        var folder = Directory.CreateTempSubdirectory("grid-replay-").FullName;
        var rules = Directory.CreateDirectory(Path.Combine(folder, "schemes")).FullName;
        foreach (var (name, yaml) in schemes) await File.WriteAllTextAsync(Path.Combine(rules, name), yaml);
        var options = new GridOptions { Data = Path.Combine(folder, "data"), Schemes = rules, BaselineInterval = TimeSpan.Zero };
        var clock = new SimulatedClock(start);
        var server = await RunningServer.Start(options, clock, GridPace.ByDriver, builder => builder.Services.AddReplay(clock));
        return new ReplayedData(server, folder, path);
    }

    public Uri Address => _server.Address;

    public T Of<T>()
        where T : notnull => _server.Of<T>();

    /// <summary>Replays everything up to an instant and waits until all of it is counted.</summary>
    public async Task Until(Instant end)
    {
        var steps = Of<ReplaySteps>();
        while (await Next() is { } line && !(line.Fact?.At > end))
        {
            _ahead = null;
            await steps.Take(_path, line, CancellationToken.None);
        }

        await steps.Flush(CancellationToken.None);
        await Of<ReplayDriver>().Settle(end, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _lines.DisposeAsync();
        _file.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ImportedLine?> Next()
    {
        if (_ahead is null && await _lines.MoveNextAsync()) _ahead = _lines.Current;
        return _ahead;
    }
}
