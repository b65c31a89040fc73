using System.Diagnostics;
using System.Globalization;
using Grid.Testing.Servers;

namespace Grid.Load.Http;

/// <summary>A server process, and its resource usage according to the system.</summary>
internal sealed class MeasuredServer : IDisposable
{
    private readonly ServerProcess _server;
    private readonly Process _process;

    private MeasuredServer(ServerProcess server)
    {
        _server = server;
        _process = Process.GetProcessById(server.Id);
        Http = new HttpClient { BaseAddress = server.Http.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
    }

    public int Port => Http.BaseAddress!.Port;

    public HttpClient Http { get; }

    public int Id => _server.Id;

    /// <summary>Both user and system time.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Bytes handed to the disk, after the page cache; 0 when the system does not report them.</summary>
    public long WrittenBytes => Find($"/proc/{Id}/io", "write_bytes:");

    /// <summary>Memory of its own, without mapped files.</summary>
    public long OwnBytes => Find($"/proc/{Id}/status", "RssAnon:") * 1024;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="dll">The server's assembly, perhaps of another build.</param>
    /// <param name="data">The folder of its ledger.</param>
    /// <param name="postgres">Connection string; null for a file in <paramref name="data"/>.</param>
    public static async Task<MeasuredServer> Start(string dll, string data, string? postgres = null)
    {
        var environment = new Dictionary<string, string>();
        if (postgres is not null) environment["Grid__Postgres"] = postgres;
        return new MeasuredServer(await ServerProcess.Listen(Path.GetFullPath(dll), environment, "serve", "--data", Path.GetFullPath(data)));
    }

    /// <summary>Kills the process as a loss of power would, except for the system's caches.</summary>
    public void Kill() => _server.Kill();

    public Task<double> Metric(string name) => _server.Metric(name);

    public void Dispose()
    {
        _server.Kill();
        _process.Dispose();
        Http.Dispose();
    }

    private static long Find(string file, string name)
    {
        if (!File.Exists(file)) return 0;
        var line = File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
