using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Grid.Api.Parameters;

/// <summary>Reads a JSON body, so that the answer can name the place of a mistake instead of an empty 400.</summary>
internal static class RequestBody
{
    private const string Json = "application/json";

    public static RouteHandlerBuilder AcceptsJson<T>(this RouteHandlerBuilder route)
        where T : class => route.Accepts<T>(Json).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    /// <summary>Exactly one of the two is not null.</summary>
    public static async Task<(T? Value, ProblemHttpResult? Problem)> Read<T>(HttpContext context, JsonTypeInfo<T> shape)
        where T : class
    {
        if (!context.Request.HasJsonContentType()) return (null, OfAnotherType(context.Request));
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return (null, Unreadable("$", "The body is no JSON object."));
            if (Mistake(document.RootElement, shape, string.Empty) is { } fault) return (null, Unreadable(fault.Name, fault.Detail));
            return (document.RootElement.Deserialize(shape)!, null);
        }
        catch (JsonException unreadable) when (unreadable.Path is { } path)
        {
            var place = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
            return (null, Unreadable(Parameter.Shown(place), $"The value at {Parameter.Shown(place)} has the wrong type."));
        }
        catch (JsonException broken)
        {
            return (null, Unreadable($"{broken.LineNumber + 1}:{broken.BytePositionInLine + 1}", $"The body is no JSON: {broken.Message}"));
        }
        catch (InvalidOperationException broken)
        {
            // Reading a string throws when it contains half of a surrogate pair.
            return (null, Unreadable("$", $"The body is no JSON: {broken.Message}"));
        }
        catch (BadHttpRequestException refused)
        {
            return (null, TypedResults.Problem(title: "The body cannot be read", detail: refused.Message, statusCode: refused.StatusCode));
        }
    }

    /// <summary>The first key that is unknown or comes twice. The deserializer reports values of the wrong kind.</summary>
    private static ParameterError? Mistake(JsonElement element, JsonTypeInfo shape, string path)
    {
        if (element.ValueKind == JsonValueKind.Array && shape.Kind == JsonTypeInfoKind.Enumerable)
        {
            var inner = shape.Options.GetTypeInfo(shape.ElementType!);
            return element.EnumerateArray().Select((item, index) => Mistake(item, inner, $"{path}[{index}]")).FirstOrDefault(fault => fault is not null);
        }

        if (element.ValueKind != JsonValueKind.Object || shape.Kind != JsonTypeInfoKind.Object) return null;
        var seen = new HashSet<JsonPropertyInfo>();
        foreach (var property in element.EnumerateObject())
        {
            var place = path.Length == 0 ? Parameter.Shown(property.Name) : $"{path}.{Parameter.Shown(property.Name)}";
            var known = shape.Properties.FirstOrDefault(one => string.Equals(one.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            if (known is null)
                return new ParameterError(place, $"There is no {place}; there are {string.Join(", ", shape.Properties.Select(one => one.Name))}.");
            if (!seen.Add(known)) return new ParameterError(place, $"{place} is given twice.");
            if (Mistake(property.Value, shape.Options.GetTypeInfo(known.PropertyType), place) is { } fault) return fault;
        }

        return null;
    }

    /// <summary>Without this content type a browser would send the request of any page without a preflight.</summary>
    private static ProblemHttpResult OfAnotherType(HttpRequest request) => TypedResults.Problem(
        title: "The content type is not supported",
        detail: $"{(string.IsNullOrEmpty(request.ContentType) ? "None" : $"'{Parameter.Shown(request.ContentType)}'")} was sent, expected {Json}.",
        statusCode: StatusCodes.Status415UnsupportedMediaType);

    private static ProblemHttpResult Unreadable(string place, string detail) => TypedResults.Problem(
        title: "The body cannot be read",
        detail: detail,
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?> { ["place"] = place });
}
