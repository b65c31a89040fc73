using Grid.Grains;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Server.Silos;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grid.Testing.Servers;

/// <summary>The whole server in this process, listening on a port of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningServer(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address => new(_app.Urls.Single());

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="options">The settings; the address is chosen here.</param>
    /// <param name="clock">The grid's own clock; null: the system's.</param>
    /// <param name="pace">Who publishes baselines.</param>
    /// <param name="more">Changes the services; it logs nothing unless this adds a logger.</param>
    public static async Task<RunningServer> Start(
        GridOptions options, TimeProvider? clock = null, GridPace pace = GridPace.ByItself, Action<WebApplicationBuilder>? more = null)
    {
        options.Listen = "http://127.0.0.1:0";
        var app = GridServer.Build(options, new GridClock(clock ?? TimeProvider.System), pace, builder =>
        {
            builder.Logging.ClearProviders();
            more?.Invoke(builder);
        });
        try
        {
            await app.StartAsync();
            return new RunningServer(app);
        }
        catch
        {
            // The ledger stays locked until the server is disposed.
            await FailedStart.CleanUp(app);
            throw;
        }
    }

    public T Of<T>() where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
