using Grid.Api;
using Grid.Grains;
using Grid.Grains.Rules;
using Grid.Ingest;
using Grid.Server.Browsers;
using Grid.Server.Metrics;
using Grid.Server.Options;
using Grid.Server.Silos;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Grid.Server.Hosting;

/// <summary>Composes a server: storage, silo, grains, ingestion, API, dashboard.</summary>
internal static class GridServer
{
    public static WebApplication Build(GridOptions options, GridClock clock, GridPace pace, Action<WebApplicationBuilder>? more = null)
    {
        if (options.Fault() is { } fault) throw new ConfigurationException(fault);

        // Settings are read once. Watching their files would report each write of the ledger, which may be in the same folder.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.WebHost.UseUrls(options.Listen).ConfigureKestrel(kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
            IngestLimits.BodyBytesPerSecondMin, TimeSpan.FromSeconds(IngestLimits.BodyWindowSeconds)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Grid", LogLevel.Information).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);

        // An exception of a start or stop reaches the program, which reports it once in words for an operator.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.AddSingleton(options).AddSingleton(clock).AddSingleton(options.ToCurrency());
        builder.Services.AddGridLedger(options);
        builder.AddSilo(options);
        AddActors(builder.Services, pace, options.BaselineInterval);
        var ingest = IngestSettings.From(options);
        var kinds = new InteractionKinds(ingest.Mapping.InteractionKinds);
        builder.Services.AddIngest(ingest).AddSingleton(kinds);

        // Checked before anything starts, so that mistakes in files are reported at once.
        builder.Services.AddSingleton(new RulebookAtStart(SchemeFiles.ReadChecked(options.Schemes, options.ToCurrency(), kinds)));
        builder.Services.AddGridApi();
        builder.Services.AddBrowserPolicy(options);
        builder.Services.AddProblemDetails().AddExceptionHandler<UnavailableHandler>().AddOpenApi();
        more?.Invoke(builder);

        var app = builder.Build();

        // Reads the journal while the rest of the server is built: both take time.
        if (options.Postgres is null) app.Services.GetRequiredService<LedgerOpening>().Begin();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(UnavailableHandler.Options).UseStatusCodePages();
        app.UseBrowserPolicy(options);
        app.UseReadKeys(options);
        app.MapGroup(string.Empty).RequireCors(BrowserPolicy.WaysIn).MapIngest();
        app.MapGridApi();
        app.MapGridHub();
        app.MapHealth();
        app.MapMetrics();
        app.MapOrleansDashboardLazily();
        app.MapOpenApi();
        app.UseSwaggerUI(page => page.SwaggerEndpoint("/openapi/v1.json", "Grid"));
        app.MapPage();
        return app;
    }

    private static void AddActors(IServiceCollection services, GridPace pace, TimeSpan baselineInterval)
    {
        services.AddSingleton(new BaselineSchedule(baselineInterval)).AddGridActors();
        services.AddSingleton<LedgerIdentity>().AddSingleton<LedgerOpening>();
        services.AddSingleton<GridLifetime>().AddSingleton<OrleansMetrics>().AddSingleton<GridMetrics>();
        services.AddSingleton(typeof(GridPace), pace).AddHostedService<RulesSubscription>();
        services.AddHostedService(provider => provider.GetRequiredService<GridLifetime>());
    }
}
