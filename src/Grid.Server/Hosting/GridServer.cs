using Grid.Api;
using Grid.Grains;
using Grid.Grains.Rules;
using Grid.Ingest;
using Grid.Server.Configuration;
using Grid.Server.Observability;
using Grid.Server.OpenApi;
using Grid.Server.Security;
using Grid.Server.Silos;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Grid.Server.Hosting;

/// <summary>Composes a server: storage, silo, grains, ingestion, API, dashboard.</summary>
internal static class GridServer
{
    /// <summary>How long a stop may take after Ctrl-C before the process ends regardless. Nothing acknowledged is lost by that.</summary>
    public static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    public static WebApplication Build(GridOptions options, GridClock clock, GridPace pace, Action<WebApplicationBuilder>? more = null)
    {
        GridOptionsValidator.Check(options);
        LedgerCurrency.Adopt(options);

        // Reads the journal while the rest of the server is built: both take a while.
        var ledger = GridLedger.Create(options);
        var opening = new LedgerOpening(ledger, options);
        opening.Begin();
        try
        {
            return Assemble(options, clock, pace, builder =>
            {
                builder.Services.AddGridLedger(ledger, opening);
                more?.Invoke(builder);
            });
        }
        catch
        {
            opening.Abandon().Ignore();
            throw;
        }
    }

    private static WebApplication Assemble(GridOptions options, GridClock clock, GridPace pace, Action<WebApplicationBuilder> configure)
    {
        // Settings are read once. Watching their files would report each write of the ledger, which may lie in the same folder.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.WebHost.UseUrls(options.Listen).ConfigureKestrel(kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
            IngestLimits.BodyBytesPerSecondMin, TimeSpan.FromSeconds(IngestLimits.BodyWindowSeconds)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Grid", LogLevel.Information).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);

        // The handler logs every request without a key; the sender has the answer, 401.
        builder.Logging.AddFilter(typeof(KeyHandler).FullName, LogLevel.Warning);

        // The checks log an error at each probe of a server that is still starting.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

        // What fails a start or a stop is thrown as well, and said once by the program in words for an operator.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.AddSingleton(options).AddSingleton(clock).AddSingleton(options.ToCurrency());
        builder.AddSilo(options);
        AddActors(builder.Services, pace, options.BaselineInterval);
        var ingest = IngestSettings.From(options);
        var kinds = new InteractionKinds(ingest.Mapping.InteractionKinds);
        builder.Services.AddIngest(ingest).AddSingleton(kinds);

        // Mistakes in files are reported before anything is started.
        builder.Services.AddSingleton(new RulebookAtStart(
            SchemeFiles.ReadChecked(options.Schemes, options.ToCurrency(), kinds), AreNamed: options.Schemes is not null));
        builder.Services.AddGridApi();
        builder.Services.AddGridHealth();
        builder.AddTelemetry();
        builder.Services.AddBrowserPolicy(options);
        builder.Services.AddKeyAuthentication(options);
        builder.Services.AddExceptionHandler<UnavailableHandler>().AddLocalizedProblems();
        builder.Services.AddApiDocument();
        configure(builder);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(UnavailableHandler.Options).UseStatusCodePages();
        app.UseBrowserPolicy(options);
        app.UsePage();
        app.UseAuthorization();

        // Senders show their write key as the Segment API has it: in the header or in the body, which ingest reads.
        app.MapGroup(string.Empty).RequireCors(BrowserPolicy.WaysIn).AllowAnonymous().MapIngest();
        if (options.Keys.Count > 0) app.MapTickets();
        app.MapGridApi();
        app.MapGridHub();
        app.MapHealth();
        app.MapMetrics();
        var shown = app.MapGroup(string.Empty).WithMetadata(new ShownInBrowser());
        shown.MapOrleansDashboardLazily(app);
        shown.MapOpenApi();
        shown.MapSwaggerUI("swagger", page => page.SwaggerEndpoint("/openapi/v1.json", "Grid"));
        return app;
    }

    private static void AddActors(IServiceCollection services, GridPace pace, TimeSpan baselineInterval)
    {
        services.AddSingleton(new BaselineSchedule(baselineInterval)).AddGridActors();
        services.AddSingleton(typeof(GridPace), pace).AddHostedService<RulesSubscription>();
        services.AddSingleton<GridStartup>().AddHostedService(static provider => provider.GetRequiredService<GridStartup>());
        services.AddHostedService<KeepAliveGrains>();
    }
}
