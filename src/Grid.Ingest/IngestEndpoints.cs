using Grid.Ingest.Bodies;
using Grid.Ingest.Calls;
using Grid.Ingest.Imports;
using Grid.Ingest.Recording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grid.Ingest;

/// <summary>Adds the ingestion endpoints to a server. They need the grains, an ILedger and a GridClock.</summary>
public static class IngestEndpoints
{
    private const string Tag = "Events";

    public static IServiceCollection AddIngest(this IServiceCollection services, IngestOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<IngestGate>();
        services.AddSingleton<FactDelivery>();
        services.AddSingleton<TrackHandler>();
        services.AddSingleton<ImportHandler>();
        return services;
    }

    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder endpoints)
    {
        var calls = endpoints.ServiceProvider.GetRequiredService<TrackHandler>();
        var imports = endpoints.ServiceProvider.GetRequiredService<ImportHandler>();
        foreach (var kind in Enum.GetValues<CallKind>())
        {
            if (kind == CallKind.Any) continue;
            var name = kind.ToString().ToLowerInvariant();

            // Browser SDKs send only the first letter of a call's type: p for page, s for screen.
            Describe<CallRequest>(endpoints.MapPost($"/v1/{name}", Described(http => calls.Call(http, kind))), $"One {name} call of the Segment spec.");
            endpoints.MapPost($"/v1/{name[0]}", http => calls.Call(http, kind)).ExcludeFromDescription();
        }

        Describe<BatchRequest>(endpoints.MapPost("/v1/batch", Described(calls.Batch)), "A batch of calls of the Segment spec.");
        endpoints.MapPost("/v1/b", calls.Batch).ExcludeFromDescription();
        endpoints
            .MapPost("/v1/import", (HttpContext http, string? zone) => BodyStream.IsJson(http.Request) ? calls.Batch(http) : imports.Import(http, zone))
            .WithTags(Tag)
            .WithSummary("Imports a file of any size: NDJSON of Segment calls, or csv of orders. JSON is a batch, as some SDKs send it here.")
            .WithMetadata(new TakesWriteKey())
            .WithMetadata(new DescribedBody(typeof(string), "application/x-ndjson", "application/ndjson", "application/jsonl", "text/csv"))
            .Produces<ImportResponse>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status503ServiceUnavailable);
        return endpoints;
    }

    /// <summary>A Delegate, because OpenAPI leaves out endpoints that are mapped from a RequestDelegate.</summary>
    private static Delegate Described(Func<HttpContext, Task> handler) => handler;

    private static void Describe<TRequest>(RouteHandlerBuilder endpoint, string summary)
        where TRequest : notnull => endpoint
        .WithTags(Tag)
        .WithSummary(summary)
        .WithMetadata(new TakesWriteKey())
        .WithMetadata(new DescribedBody(typeof(TRequest), "application/json", "text/plain"))
        .Produces<CallResponse>()
        .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    private static void Refuses(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) endpoint.ProducesProblem(status);
    }
}
