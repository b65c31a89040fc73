using System.Text.Json;
using Grid.Api.Transitions;
using Grid.Ledger;
using Grid.Testing.Hub;

namespace Grid.Simulation.Clusters;

/// <summary>
/// A hub client that must receive every transition: it connects to any running silo, and after that one's end to another, from its last position.
/// </summary>
internal sealed class Follower(Cluster cluster, Random random)
{
    private readonly List<TransitionView> _seen = [];

    // The test reads these after the following has ended.
    private volatile LogPosition _position = LogPosition.Start;

    /// <summary>The transitions without their positions, which differ between readers because each has its own progress in every lane.</summary>
    public IReadOnlyList<TransitionView> Seen => _seen;

    public LogPosition Position => _position;

    public int Connections { get; private set; }

    public static LogPosition Parse(string? text) =>
        LogPosition.TryParse(text, out var position) ? position : throw new FormatException($"'{text}' is no position.");

    public async Task Follow(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var hub = await HubConnection.Open(cluster.Any(random).Http.BaseAddress!);
                Connections++;
                await foreach (var frame in hub.Stream("Transitions", [new { }, _position.ToString()], stop)) Take(frame);
            }
            catch (Exception lost) when (lost is HubError or System.Net.WebSockets.WebSocketException or OperationCanceledException or TimeoutException)
            {
                // The next connection continues from the same position.
            }
        }
    }

    private void Take(JsonElement frame)
    {
        foreach (var item in frame.GetProperty("items").EnumerateArray())
            _seen.Add(item.Deserialize<TransitionView>(JsonSerializerOptions.Web)! with { Position = "" });
        _position = Parse(frame.GetProperty("position").GetString());
    }
}
