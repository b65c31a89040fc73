using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Grid.Load.Http;

/// <summary>A server process, and its resource usage according to the system.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(5);
    private readonly Process _process;

    private ServerProcess(Process process, int port, HttpClient http) => (_process, Port, Http) = (process, port, http);

    public int Port { get; }

    public HttpClient Http { get; }

    public int Id => _process.Id;

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
    /// <param name="postgres">Connection string; null for a file in <paramref name="data"/>.</param>
    public static async Task<ServerProcess> Start(string dll, string data, string? postgres = null)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in new[] { dll, "serve", "--data", data, "--listen", $"http://127.0.0.1:{port}" }) start.ArgumentList.Add(word);
        if (postgres is not null) start.Environment["Grid__Postgres"] = postgres;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Timeout.InfiniteTimeSpan };
        var server = new ServerProcess(process, port, http);
        await server.UntilReady();
        return server;
    }

    /// <summary>Kills the process as a loss of power would, except for the system's caches.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>The value of a metric without labels of its own; earlier builds wrote none at all.</summary>
    public async Task<double> Metric(string name)
    {
        var text = await Http.GetStringAsync("/metrics");
        var sample = text.Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is '{' or ' ');
        var value = sample[(sample.IndexOf('}') < 0 ? name.Length : sample.IndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return double.Parse(value, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        Http.Dispose();
    }

    private async Task UntilReady()
    {
        using var patience = new CancellationTokenSource(StartsWithin, TimeProvider.System);
        while (!_process.HasExited)
        {
            try
            {
                using var answer = await Http.GetAsync("/health/ready", patience.Token);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // The server does not listen until it is nearly ready.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }

        throw new InvalidOperationException($"The server ended with {_process.ExitCode} instead of getting ready.");
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static long Find(string file, string name)
    {
        if (!File.Exists(file)) return 0;
        var line = File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
