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
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Grid.Api;

/// <summary>The way out: questions over HTTP, and a hub that tells what moves.</summary>
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

    /// <summary>The questions under <c>/v1</c>. Until a rulebook is in force each is answered 503.</summary>
    public static void MapQuestions(this IEndpointRouteBuilder routes)
    {
        var questions = routes.MapGroup(string.Empty).WithTags("Questions").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        questions.AddEndpointFilter((context, next) => IsStarted(context) ? next(context) : new ValueTask<object?>(Starting(context)));
        questions.MapCustomerQuestions();
        questions.MapSchemeQuestions();
        questions.MapSegmentQuestions();
        questions.MapValueQuestions();
        questions.MapFlowQuestions();
        questions.MapForecastQuestions();
        questions.MapMigrationQuestions();
        questions.MapExportQuestions();
        questions.MapTransitionQuestions();
        questions.MapBaselineQuestions();
        questions.MapAuditQuestions();
        questions.MapRejectQuestions();
        questions.MapRulebooks();
        questions.MapPreviewQuestions();
        questions.MapBacktestQuestions();
    }

    /// <summary>The hub at <c>/hubs/grid</c>.</summary>
    public static void MapGridHub(this IEndpointRouteBuilder routes) => routes.MapHub<GridHub>("/hubs/grid");

    private static bool IsStarted(EndpointFilterInvocationContext context) =>
        context.HttpContext.RequestServices.GetRequiredService<CurrentRules>().IsPublished;

    private static ProblemHttpResult Starting(EndpointFilterInvocationContext context)
    {
        context.HttpContext.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(
            title: "The grid is starting", detail: "No rulebook is in force yet.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
