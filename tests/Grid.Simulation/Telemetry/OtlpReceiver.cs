using System.Collections.Concurrent;
using Grid.Simulation.Telemetry.Otlp.Metrics;
using Grid.Simulation.Telemetry.Otlp.Traces;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grid.Simulation.Telemetry;

/// <summary>Receives traces and metrics by OTLP over gRPC, on a port of its own, and keeps what it received.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Every span received so far, with the source that made it.</summary>
    public IReadOnlyCollection<(string Source, Span Span)> Spans => _app.Services.GetRequiredService<Received>().Spans;

    /// <summary>The names of the metrics received so far.</summary>
    public ICollection<string> Metrics => _app.Services.GetRequiredService<Received>().Metrics.Keys;

    public static async Task<OtlpReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<Received>().AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<TraceReceiver>();
        app.MapGrpcService<MetricsReceiver>();
        await app.StartAsync();
        return new OtlpReceiver(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class Received
    {
        public ConcurrentQueue<(string Source, Span Span)> Spans { get; } = new();

        public ConcurrentDictionary<string, bool> Metrics { get; } = new();
    }

    private sealed class TraceReceiver(Received received) : TraceService.TraceServiceBase
    {
        public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context)
        {
            foreach (var scope in request.ResourceSpans.SelectMany(resource => resource.ScopeSpans))
                foreach (var span in scope.Spans) received.Spans.Enqueue((scope.Scope.Name, span));
            return Task.FromResult(new ExportTraceServiceResponse());
        }
    }

    private sealed class MetricsReceiver(Received received) : MetricsService.MetricsServiceBase
    {
        public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context)
        {
            foreach (var metric in request.ResourceMetrics.SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics))
                received.Metrics.TryAdd(metric.Name, true);
            return Task.FromResult(new ExportMetricsServiceResponse());
        }
    }
}
