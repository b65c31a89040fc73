using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Simulation.Processes;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>The real server in a process of its own, with an empty ledger; it can be killed and started again at its address.</summary>
internal sealed class GridProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private const string Started = "Application started.";
    private const int PageMax = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("grid-page-");
    private readonly HttpClient _client = new();
    private Process? _process;
    private int _messages;

    private readonly string? _key;

    private GridProcess(string? key)
    {
        _key = key;
        if (key is not null) _client.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Skips the test when the server was built without its page.</summary>
    /// <param name="key">The key that the server requires of its clients; null for none.</param>
    public static async Task<GridProcess> Start(string? key = null)
    {
        var page = Path.Combine(Path.GetDirectoryName(BuiltServer.Assembly)!, "dashboard", "index.html");
        if (!File.Exists(page)) Assert.Skip("the server was built without its page");
        var server = new GridProcess(key);
        await server.Run();
        return server;
    }

    /// <summary>Kills the process as <c>kill -9</c> does: its threads stop at once, and unwritten data is lost.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
        _process = null;
    }

    public Task Restart() => Run();

    /// <summary>Posts calls of one batch and returns when they are answered as accepted, so that they survive whatever follows.</summary>
    public async Task Post(params IEnumerable<Call> calls)
    {
        var batch = calls.Select(call => call.ToJson($"m{++_messages}")).ToList();
        using var response = await _client.PostAsJsonAsync(new Uri(Address, "/v1/batch?strict=true"), new { batch });
        var answer = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(answer);
    }

    public Task<JsonElement> Get(string path) => _client.GetFromJsonAsync<JsonElement>(new Uri(Address, path));

    /// <summary>The positions of all transitions in the log, oldest first.</summary>
    public async Task<IReadOnlyList<string>> Positions()
    {
        var positions = new List<string>();
        var after = "0";
        while (true)
        {
            var page = await Get($"/v1/transitions?after={after}&limit={PageMax}");
            var items = page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("position").GetString()!).ToList();
            if (items.Count == 0) return positions;
            positions.AddRange(items);
            after = page.GetProperty("position").GetString()!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await Kill();
        _client.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task Run()
    {
        string[] arguments = [BuiltServer.Assembly, "serve", "--data", _data.FullName, "--listen", Listen()];
        if (_key is not null) arguments = [.. arguments, "--key", _key];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var lines = new List<string>();
        var isStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await isStarted.Task.WaitAsync(Patience);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"waited {Patience} for the server to start; it said:\n{string.Join('\n', lines)}", late);
        }

        void Hear(string? line)
        {
            if (line is null) return;
            lock (lines)
            {
                lines.Add(line);
                var address = line.IndexOf(Listening, StringComparison.Ordinal);
                if (address >= 0) Address = new Uri(line[(address + Listening.Length)..].Trim());
                if (line.Contains(Started)) isStarted.TrySetResult();
            }
        }
    }

    /// <summary>A free port for the first start, and the same port for later ones, because the page reconnects to it.</summary>
    private string Listen() => Address.GetLeftPart(UriPartial.Authority);
}
