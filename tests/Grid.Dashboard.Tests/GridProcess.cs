using System.Net.Http.Json;
using System.Text.Json;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>The real server in a process of its own, with an empty ledger; it can be killed and started again at its address.</summary>
internal sealed class GridProcess : IAsyncDisposable
{
    private const int PageMax = 200;

    private readonly DataFolder _data = new();
    private readonly HttpClient _client = new();
    private readonly string? _key;
    private ServerProcess? _process;
    private int _messages;

    private GridProcess(string? key)
    {
        _key = key;
        if (key is not null) _client.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    /// <summary>A free port from the first start on: the page connects again to the same address.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Skips the test when the server was built without its page.</summary>
    /// <param name="key">The key that the server requires of its clients; null for none.</param>
    public static async Task<GridProcess> Start(string? key = null)
    {
        var page = Path.Combine(Path.GetDirectoryName(BuiltServer.Assembly)!, "dashboard", "index.html");
        if (!File.Exists(page)) Assert.Skip("the server was built without its page");
        var server = new GridProcess(key);
        await server.Restart();
        return server;
    }

    /// <summary>Kills the process as <c>kill -9</c> does: its threads stop at once, and unwritten data is lost.</summary>
    public async Task Kill()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    public async Task Restart()
    {
        string[] keys = _key is null ? [] : ["--key", _key];
        _process = await ServerProcess.Listen(["serve", "--data", _data.Path, "--listen", Address.GetLeftPart(UriPartial.Authority), .. keys]);
        Address = _process.Http.BaseAddress!;
    }

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
        _data.Dispose();
    }
}
