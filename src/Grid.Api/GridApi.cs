using System.Text.Json.Serialization.Metadata;
using Grid.Api.Audits;
using Grid.Api.Backtests;
using Grid.Api.Baselines;
using Grid.Api.Customers;
using Grid.Api.Hubs;
using Grid.Api.Previews;
using Grid.Api.Rejects;
using Grid.Api.Rulebooks;
using Grid.Api.Schemes;
using Grid.Api.Segments;
using Grid.Api.Segments.Exports;
using Grid.Api.Segments.Flows;
using Grid.Api.Segments.Forecasts;
using Grid.Api.Segments.Migrations;
using Grid.Api.Segments.Values;
using Grid.Api.Transitions;
using Grid.Grains.Previews;
using Grid.Grains.Rules;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Api;

/// <summary>The API: REST endpoints for people and programs, and a SignalR hub that streams counts and transitions.</summary>
public static class GridApi
{
    public static IServiceCollection AddGridApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SegmentReader>().AddSingleton<SegmentBroadcaster>().AddSingleton<SegmentStream>().AddSingleton<SegmentValues>();
        services.AddSingleton<MigrationReader>().AddSingleton<SegmentExport>().AddSingleton<SegmentForecasts>();
        services.AddSingleton<CustomerReader>().AddSingleton<LatestTransitions>().AddSingleton<TransitionStream>();
        services.AddSingleton<PreviewRuns>();
        services.AddSingleton<HubClients>().AddSingleton<HubFailures>().AddSingleton<AuditGate>();
        services.AddLogging(logging => logging.AddFilter(HubFailures.Silenced, LogLevel.None));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddSignalR(hub => hub.MaximumReceiveMessageSize = ApiLimits.HubMessageBytesMax)
            .AddHubOptions<GridHub>(hub => hub.AddFilter<HubFailures>())
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolver =
                JsonTypeInfoResolver.Combine(ApiJson.Default, json.PayloadSerializerOptions.TypeInfoResolver));
        return services;
    }

    /// <summary>Maps the endpoints under <c>/v1</c>. Each answers 503 until a rulebook is in force.</summary>
    public static void MapGridApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(string.Empty).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.AddEndpointFilter((context, next) => IsStarted(context) ? next(context) : new ValueTask<object?>(Starting(context)));
        Tagged("Customers").MapCustomerEndpoints();
        Tagged("Schemes").MapSchemeEndpoints();
        Tagged("Segments").MapSegmentEndpoints();
        Tagged("Segments").MapValueEndpoints();
        Tagged("Segments").MapFlowEndpoints();
        Tagged("Segments").MapForecastEndpoints();
        Tagged("Segments").MapMigrationEndpoints();
        Tagged("Segments").MapExportEndpoints();
        Tagged("Transitions").MapTransitionEndpoints();
        Tagged("Baselines").MapBaselineEndpoints();
        Tagged("Audits").MapAuditEndpoints();
        Tagged("Rejects").MapRejectEndpoints();
        Tagged("Rulebooks").MapRulebookEndpoints();
        Tagged("Rulebooks").MapPreviewEndpoints();
        Tagged("Rulebooks").MapBacktestEndpoints();

        RouteGroupBuilder Tagged(string tag) => group.MapGroup(string.Empty).WithTags(tag);
    }

    /// <summary>Maps the hub at <c>/hubs/grid</c>. A server that stops answers new connections with 503.</summary>
    /// <remarks>
    /// SignalR closes its connections once, when the stop begins. A client that connects again at once would enter behind that and keep the
    /// process alive until the stop times out.
    /// </remarks>
    public static void MapGridHub(this IEndpointRouteBuilder routes)
    {
        var stopping = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        routes.MapHub<GridHub>("/hubs/grid").WithMetadata(new TicketAccepted()).Add(endpoint =>
        {
            var connect = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => stopping.IsCancellationRequested ? Stopping().ExecuteAsync(http) : connect(http);
        });
    }

    private static bool IsStarted(EndpointFilterInvocationContext context) =>
        context.HttpContext.RequestServices.GetRequiredService<CurrentRules>().IsPublished;

    private static ProblemHttpResult Stopping() => LocalizedProblem.Create(
        StatusCodes.Status503ServiceUnavailable,
        new LocalizedText("服务器正在停止", "The server is stopping"),
        new LocalizedText("服务器不再接受新的连接，请稍后重新连接。", "The server accepts no new connections. Connect again in a moment."));

    private static ProblemHttpResult Starting(EndpointFilterInvocationContext context)
    {
        context.HttpContext.Response.Headers.RetryAfter = "1";
        return LocalizedProblem.Create(
            StatusCodes.Status503ServiceUnavailable,
            new LocalizedText("服务器正在启动", "The server is starting"),
            new LocalizedText("还没有生效的规则集，请稍后再试。", "No rulebook is in force yet. Try again in a moment."));
    }
}
