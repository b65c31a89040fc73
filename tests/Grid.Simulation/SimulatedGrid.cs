using System.Net;
using System.Net.Http.Json;
using System.Text;
using Grid.Api.Transitions;
using Grid.Grains;
using Grid.Ledger;
using Grid.Server.Configuration;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;

namespace Grid.Simulation;

/// <summary>The whole server in this process, on a file and a clock of the test's own. It publishes baselines only on request.</summary>
internal sealed class SimulatedGrid : IAsyncDisposable
{
    private readonly RunningServer _server;

    private SimulatedGrid(RunningServer server)
    {
        _server = server;
        Http.Timeout = Patience.Max * 5;
    }

    public HttpClient Http => _server.Http;

    public ILedger Ledger => Of<ILedger>();

    /// <param name="data">The folder of the ledger.</param>
    /// <param name="clock">The grid's own.</param>
    /// <param name="schemes">A folder of scheme files; null: the shipped ones.</param>
    public static async Task<SimulatedGrid> Start(string data, TimeProvider clock, string? schemes = null) =>
        new(await RunningServer.Start(new GridOptions { Data = data, BaselineInterval = TimeSpan.Zero, Schemes = schemes }, clock));

    public T Of<T>() where T : notnull => _server.Of<T>();

    /// <summary>Sends items; when it returns, each is durable: accepted, duplicate, or the later of two contents of an order.</summary>
    public async Task Send(params Message[] messages)
    {
        var json = $$"""{"batch":[{{string.Join(',', messages.Select(message => message.ToJson()))}}]}""";
        using var answer = await Http.PostAsync("/v1/batch?strict=true", new StringContent(json, Encoding.UTF8, "application/json"));
        var items = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, items);
        items.Split("\"outcome\":\"rejected\"").Length.ShouldBe(items.Split("is known with another content").Length, items);
    }

    /// <summary>Publishes a baseline of the present population.</summary>
    public async Task PublishBaseline()
    {
        var rules = Of<IGrainFactory>().Rules();
        await rules.PublishBaseline(Of<GridClock>().Now);
        await Patience.Until(() => rules.Settled(), settled => settled, "the baseline to settle");
    }

    /// <summary>The log's transitions of one customer in one scheme. Reading the log wakes no customer.</summary>
    public async Task<IReadOnlyList<TransitionView>> Transitions(string scheme, string customer) =>
        (await Http.GetFromJsonAsync<TransitionsResponse>($"/v1/transitions?limit=1000&scheme={scheme}&customer={customer}"))!.Items;

    /// <summary>The customer's transition into a layer, as soon as it is in the log.</summary>
    public async Task<TransitionView> TransitionTo(string layer, string scheme, string customer) =>
        (await Patience.Until(
            () => Transitions(scheme, customer), all => all.Any(one => one.To == layer), $"{customer} to pass to {layer}"))
        .Last(one => one.To == layer);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
