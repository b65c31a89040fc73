using System.Diagnostics.Metrics;
using Grid.Grains;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Grid.Server.Observability;

/// <summary>
/// Metrics for a Prometheus that scrapes <c>/metrics</c>. With <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> set, metrics and traces are sent there too;
/// OpenTelemetry's other variables apply.
/// </summary>
internal static class Telemetry
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Sampler = "OTEL_TRACES_SAMPLER";

    /// <summary>One batch of events is hundreds of spans; at thousands of batches a second one of a hundred tells enough.</summary>
    private const double SampledShare = 0.01;

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SampledMeasurements>().AddSingleton<GridInstruments>();
        builder.Services.ConfigureOpenTelemetryMeterProvider(
            static (services, metrics) => metrics.AddView(instrument => ExportedInstruments.View(instrument, services.GetRequiredService<IMeterFactory>())));
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("grid"))
            .WithMetrics(static metrics => metrics
                .AddMeter(GridInstruments.MeterName, ExportedInstruments.Orleans, "Npgsql")
                .AddInstrumentation<GridInstruments>()
                .AddRuntimeInstrumentation()
                .AddAspNetCoreInstrumentation()
                .AddPrometheusExporter(static exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
        if (builder.Configuration[OtlpEndpoint] is null) return;
        telemetry.WithTracing(tracing => AddTraces(tracing, builder.Configuration[Sampler] is null)).UseOtlpExporter();
        builder.Services.AddHostedService<MeasurementsSampler>();
        builder.UseOrleans(static silo => silo.AddActivityPropagation());
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint(
        "/metrics",
        meterProvider: null,
        configureBranchedPipeline: static branch => branch.Use(async (http, next) =>
        {
            await http.RequestServices.GetRequiredService<SampledMeasurements>().Refresh();
            await next(http);
        }),
        optionsName: null);

    private static void AddTraces(TracerProviderBuilder tracing, bool isSampledByDefault)
    {
        if (isSampledByDefault) tracing.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(SampledShare)));
        tracing.AddSource("Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Npgsql", GrainTraces.SourceName)
            .AddProcessor<NamelessSpans>()
            .AddAspNetCoreInstrumentation(static requests => requests.Filter = static http =>
                !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments("/metrics"));
    }
}
