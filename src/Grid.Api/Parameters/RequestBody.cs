using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Grid.Api.Parameters;

/// <summary>Reads a JSON body, so that the answer can name the place of a mistake instead of an empty 400.</summary>
internal static class RequestBody
{
    private const string Json = "application/json";
    private static readonly LocalizedText Title = new("请求体无法读取", "The body cannot be read");
    private static readonly LocalizedText NoObject = new("请求体不是 JSON 对象；请发送一个 JSON 对象。", "The body is no JSON object.");

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
            if (document.RootElement.ValueKind != JsonValueKind.Object) return (null, Unreadable("$", NoObject));
            if (Mistake(document.RootElement, shape, string.Empty) is { } error) return (null, Unreadable(error.Name, error.Detail));
            return (document.RootElement.Deserialize(shape)!, null);
        }
        catch (JsonException unreadable) when (unreadable.Path is { } path)
        {
            var place = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
            var shown = Parameter.Shown(place);
            return (null, Unreadable(shown, new LocalizedText($"{shown} 的值类型不对；请改正后再发送。", $"The value at {shown} has the wrong type.")));
        }
        catch (JsonException broken)
        {
            return (null, Unreadable($"{broken.LineNumber + 1}:{broken.BytePositionInLine + 1}", NoJson(broken)));
        }
        catch (InvalidOperationException broken)
        {
            // Reading a string throws when it contains half of a surrogate pair.
            return (null, Unreadable("$", NoJson(broken)));
        }
        catch (BadHttpRequestException refused)
        {
            var detail = new LocalizedText($"请求体没有读完，请检查大小和网络后重新发送：{refused.Message}", refused.Message);
            return (null, LocalizedProblem.Create(refused.StatusCode, Title, detail));
        }
    }

    /// <summary>The first key that is unknown or comes twice. The deserializer reports values of the wrong kind.</summary>
    private static ParameterError? Mistake(JsonElement element, JsonTypeInfo shape, string path)
    {
        if (element.ValueKind == JsonValueKind.Array && shape.Kind == JsonTypeInfoKind.Enumerable)
        {
            var inner = shape.Options.GetTypeInfo(shape.ElementType!);
            return element.EnumerateArray().Select((item, index) => Mistake(item, inner, $"{path}[{index}]")).FirstOrDefault(error => error is not null);
        }

        if (element.ValueKind != JsonValueKind.Object || shape.Kind != JsonTypeInfoKind.Object) return null;
        var seen = new HashSet<JsonPropertyInfo>();
        foreach (var property in element.EnumerateObject())
        {
            var place = path.Length == 0 ? Parameter.Shown(property.Name) : $"{path}.{Parameter.Shown(property.Name)}";
            var known = shape.Properties.FirstOrDefault(one => string.Equals(one.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                var names = shape.Properties.Select(one => one.Name).ToList();
                return new ParameterError(
                    place, $"没有字段 {place}；可用：{string.Join("、", names)}。", $"There is no {place}; there are {string.Join(", ", names)}.");
            }

            if (!seen.Add(known)) return new ParameterError(place, $"{place} 出现了两次；请只保留一个。", $"{place} is given twice.");
            if (Mistake(property.Value, shape.Options.GetTypeInfo(known.PropertyType), place) is { } error) return error;
        }

        return null;
    }

    /// <summary>Without this content type a browser would send the request of any page without a preflight.</summary>
    private static ProblemHttpResult OfAnotherType(HttpRequest request) => LocalizedProblem.Create(
        StatusCodes.Status415UnsupportedMediaType,
        new LocalizedText("不支持该内容类型", "The content type is not supported"),
        string.IsNullOrEmpty(request.ContentType)
            ? new LocalizedText($"请求没有内容类型；请设为 {Json}。", $"The request has no content type; set it to {Json}.")
            : new LocalizedText(
                $"请求的内容类型是“{Parameter.Shown(request.ContentType)}”；请改为 {Json}。",
                $"The content type is '{Parameter.Shown(request.ContentType)}'; set it to {Json}."));

    private static LocalizedText NoJson(Exception broken) =>
        new($"请求体不是 JSON，请检查语法：{broken.Message}", $"The body is no JSON: {broken.Message}");

    private static ProblemHttpResult Unreadable(string place, LocalizedText detail) =>
        LocalizedProblem.Create(StatusCodes.Status400BadRequest, Title, detail, ("place", place));
}
