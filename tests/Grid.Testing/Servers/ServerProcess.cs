using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Grid.Testing.Servers;

/// <summary>The server as its own process, as an operator starts it; killed at the latest when the test ends.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private const int LinesKept = 200;

    /// <summary>
    /// The longest time limit of all: several servers may start at once, beside others under load, on a machine with few processors.
    /// </summary>
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private HttpClient? _http;

    private ServerProcess(Process process, string runs)
    {
        (_process, Runs) = (process, runs);
        _reading = Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError));
    }

    /// <summary>The assembly of this server.</summary>
    public string Runs { get; }

    public int Id => _process.Id;

    /// <summary>Of the listening server.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("The server does not listen.");

    /// <summary>The last lines of both outputs.</summary>
    public string Output => string.Join(Environment.NewLine, _lines);

    /// <summary>Returns when the server listens and reports that it is ready.</summary>
    public static Task<ServerProcess> Listen(params string[] arguments) => Listen(new Dictionary<string, string>(), arguments);

    /// <param name="environment">Settings beside those of the command line.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<ServerProcess> Listen(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Listen(BuiltServer.Assembly, environment, arguments);

    /// <param name="assembly">The assembly of the server; a test may have built another one than the one beside it.</param>
    /// <param name="environment">Settings beside those of the command line.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<ServerProcess> Listen(string assembly, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string[] listen = arguments.Contains("--listen") ? [] : ["--listen", "http://127.0.0.1:0"];
        var server = Launch(assembly, [.. arguments, .. listen], environment);
        var listening = Task.WhenAny(server._address.Task, server._process.WaitForExitAsync());
        if (await Task.WhenAny(listening, Task.Delay(StartMax, TimeProvider.System)) != listening)
        {
            await server.DisposeAsync();
            throw new TimeoutException($"Waited {StartMax} for the server to listen: {server.Output}");
        }

        var first = await listening;
        if (first != server._address.Task && !server._address.Task.IsCompleted)
        {
            await server._reading;
            throw new InvalidOperationException($"The server ended with {server._process.ExitCode}: {server.Output}");
        }

        server._http = new HttpClient { BaseAddress = await server._address.Task, Timeout = Patience.Max };
        using var ready = await server._http.GetAsync("/health/ready");
        if (!ready.IsSuccessStatusCode)
            throw new InvalidOperationException($"The server is not ready: {await ready.Content.ReadAsStringAsync()} {server.Output}");
        return server;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Exit, string Output)> Run(params string[] arguments)
    {
        await using var process = Launch(BuiltServer.Assembly, arguments, new Dictionary<string, string>());
        return (await process.End($"the end of: {string.Join(' ', arguments)}"), process.Output);
    }

    /// <summary>The value of a metric without labels of its own; earlier builds wrote no labels at all.</summary>
    public async Task<double> Metric(string name)
    {
        var lines = (await Http.GetStringAsync("/metrics")).Split('\n');
        var sample = lines.Single(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is '{' or ' ');
        var value = sample[Math.Max(name.Length, sample.IndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return double.Parse(value, CultureInfo.InvariantCulture);
    }

    /// <summary>Kills the process as <c>kill -9</c> does: its threads have stopped when this returns.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit(Patience.Max);
    }

    /// <summary>Stops the process as a hung machine would: process and connections stay, but no thread runs.</summary>
    public Task Hang() => Signal("STOP");

    public Task GoOn() => Signal("CONT");

    /// <summary>As Ctrl-C.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Interrupt()
    {
        await Signal("INT");
        return await End("the interrupted server to end");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Kill();
        await _reading;
        _http?.Dispose();
        _process.Dispose();
    }

    /// <summary>
    /// Starts the process in another folder, so that no file of this folder configures it. Tests that run in the background ignore Ctrl-C and child
    /// processes inherit that; on Linux this restores the signal.
    /// </summary>
    private static ServerProcess Launch(string assembly, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var start = new ProcessStartInfo(command[0], [.. command[1..], assembly, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ServerProcess(Process.Start(start)!, assembly);
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task<int> End(string what)
    {
        await _process.WaitForExitAsync().WaitFor(what);
        await _reading;
        return _process.ExitCode;
    }

    private async Task Read(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept) _lines.TryDequeue(out _);
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0) _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }
}
