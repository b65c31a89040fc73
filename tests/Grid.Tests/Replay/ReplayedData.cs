using Grid.Grains;
using Grid.Grains.Clocks;
using Grid.Ingest;
using Grid.Ingest.Imports;
using Grid.Model.Time;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Server.Replay;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grid.Tests.Replay;

/// <summary>A data set that is replayed through the real server onto a real file, with stops at instants to compare.</summary>
internal sealed class ReplayedData : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-replay-").FullName;
    private readonly WebApplication _app;
    private readonly ReplayFile _file;
    private readonly IAsyncEnumerator<ImportedLine> _lines;
    private readonly string _path;
    private ImportedLine? _ahead;

    private ReplayedData(string path, DateTimeOffset start, IEnumerable<(string Name, string Yaml)> schemes)
    {
        _path = path;
        var rules = Directory.CreateDirectory(Path.Combine(_folder, "schemes")).FullName;
        foreach (var (name, yaml) in schemes) File.WriteAllText(Path.Combine(rules, name), yaml);
        var options = new GridOptions
        {
            Data = Path.Combine(_folder, "data"),
            Schemes = rules,
            Listen = "http://127.0.0.1:0",
            BaselineInterval = TimeSpan.Zero,
        };
        var clock = new SimulatedClock(start);
        _app = GridServer.Build(options, new GridClock(clock), GridPace.ByDriver, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddReplay(clock);
        });
        _file = new ReplayFile(path);
        _lines = _file.Lines(ReplayRun.ReaderOf(Of<IngestOptions>()), CancellationToken.None).GetAsyncEnumerator();
    }

    public static async Task<ReplayedData> Start(string path, DateTimeOffset start, IEnumerable<(string Name, string Yaml)> schemes)
    {
        var replay = new ReplayedData(path, start, schemes);
        await replay._app.StartAsync();
        return replay;
    }

    public Uri Address => new(_app.Urls.Single());

    public T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

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
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ImportedLine?> Next()
    {
        if (_ahead is null && await _lines.MoveNextAsync()) _ahead = _lines.Current;
        return _ahead;
    }
}
