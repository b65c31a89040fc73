using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Playwright;

namespace Grid.Dashboard.Tests;

/// <summary>
/// The server's answers to a page, including those that the browser withholds from the page: the browser's network reports them before blocking. A
/// report can come after the page's own request has ended, and before the report that names its path.
/// </summary>
internal sealed class NetworkAnswers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _paths = [];
    private readonly Dictionary<string, int> _statuses = [];
    private readonly Channel<(string Path, int Status)> _answers = Channel.CreateUnbounded<(string Path, int Status)>();

    private NetworkAnswers()
    {
    }

    /// <summary>The answers from now on.</summary>
    public static async Task<NetworkAnswers> Watch(IPage page)
    {
        var answers = new NetworkAnswers();
        var network = await page.Context.NewCDPSessionAsync(page);
        network.Event("Network.requestWillBeSent").OnEvent += (_, sent) =>
            answers.Take(IdOf(sent), answers._paths, new Uri(sent!.Value.GetProperty("request").GetProperty("url").GetString()!).AbsolutePath);
        network.Event("Network.responseReceivedExtraInfo").OnEvent += (_, answer) =>
            answers.Take(IdOf(answer), answers._statuses, answer!.Value.GetProperty("statusCode").GetInt32());
        await network.SendAsync("Network.enable");
        return answers;
    }

    /// <summary>The status of the next answer to a request for this path; answers to other paths before it are skipped.</summary>
    /// <exception cref="OperationCanceledException">There was none in time.</exception>
    public async Task<int> Next(string path)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
            if (await _answers.Reader.ReadAsync(patience.Token) is var answer && answer.Path == path)
                return answer.Status;
    }

    private void Take<T>(string request, Dictionary<string, T> reported, T value)
    {
        lock (_gate)
        {
            reported[request] = value;
            if (_paths.TryGetValue(request, out var path) && _statuses.Remove(request, out var status)) _answers.Writer.TryWrite((path, status));
        }
    }

    private static string IdOf(JsonElement? report) => report!.Value.GetProperty("requestId").GetString()!;
}
