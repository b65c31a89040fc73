using System.Text.Json.Nodes;
using Grid.Ingest;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Grid.Server.OpenApi;

/// <summary>
/// Completes the document at <c>/openapi/v1.json</c>, which ASP.NET Core makes of the routes: keys, texts of parameters, examples. A test sends
/// every example to its route.
/// </summary>
internal static class ApiDocument
{
    private const string Key = "key";
    private const string WriteKey = "writeKey";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(static document =>
    {
        document.AddDocumentTransformer(static (api, _, _) => Describe(api));
        document.AddOperationTransformer(Describe);
    });

    private static Task Describe(OpenApiDocument api)
    {
        api.Info = new OpenApiInfo
        {
            Title = "Grid",
            Version = "v1",
            Description = "Layers of customers in real time: events in, counts, transitions and reasons out. Errors are problem+json (RFC 9457).",
        };
        api.Components ??= new OpenApiComponents();
        api.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "One of the configured keys. A server without keys listens on the loopback interface only and asks for none.",
            },
            [WriteKey] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "basic",
                Description = "The same key as the user name, as Segment's SDKs send it. The body may hold it as writeKey instead.",
            },
        };
        return Task.CompletedTask;
    }

    private static async Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<TakesWriteKey>().Any()) Secure(operation, context, Key, WriteKey);
        else if (!metadata.OfType<IAllowAnonymous>().Any()) Secure(operation, context, Key);

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            var text = ParameterTexts.Find(context.Description.RelativePath!, parameter.Name!);
            (parameter.Description, parameter.Example) = (text.Description, JsonValue.Create(text.Example));
        }

        if (metadata.OfType<DescribedBody>().FirstOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Type, cancellationToken: cancellation);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = body.ContentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }),
            };
        }

        if (operation.RequestBody is OpenApiRequestBody { Content: { } content })
            foreach (var (type, media) in content)
                media.Example = RequestExamples.Find(context.Description.RelativePath!, type);
    }

    /// <summary>Each of the keys alone suffices.</summary>
    private static void Secure(OpenApiOperation operation, OpenApiOperationTransformerContext context, params ReadOnlySpan<string> keys)
    {
        operation.Security ??= [];
        foreach (var key in keys)
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(key, context.Document)] = [] });
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "The key is missing or unknown." });
    }
}
