using System.Net;
using System.Net.Http.Json;
using System.Text;
using Grid.Api.Transitions;
using Grid.Grains;
using Grid.Ledger;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Simulation.Workloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Grid.Simulation;

/// <summary>The whole server in this process, on a file and a clock of the test's own. It publishes baselines only on request.</summary>
internal sealed class SimulatedGrid : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatedGrid(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = Patience.Max * 5 };
    }

    public HttpClient Http { get; }

    public ILedger Ledger => Of<ILedger>();

    public static async Task<SimulatedGrid> Start(string data, TimeProvider clock)
    {
        var options = new GridOptions { Data = data, Listen = "http://127.0.0.1:0", BaselineInterval = TimeSpan.Zero };
        var app = GridServer.Build(options, new GridClock(clock), GridPace.ByItself, builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return new SimulatedGrid(app);
    }

    public T Of<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Sends items; when it returns, each is durable, as accepted or duplicate.</summary>
    public async Task Send(params Message[] messages)
    {
        var json = $$"""{"batch":[{{string.Join(',', messages.Select(message => message.ToJson()))}}]}""";
        using var answer = await Http.PostAsync("/v1/batch?strict=true", new StringContent(json, Encoding.UTF8, "application/json"));
        var items = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, items);
        items.ShouldNotContain("rejected");
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

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
