using Grid.Api.Parameters;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Api;

/// <summary>The texts of errors that no endpoint has described, because ASP.NET Core answered first. The English titles are its own.</summary>
internal static class UndescribedProblems
{
    public static string ChineseTitle(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "请求有误，请检查后再试",
        StatusCodes.Status404NotFound => "没有这个地址，请核对后再试",
        StatusCodes.Status405MethodNotAllowed => "该地址不支持这种请求方法，请核对后再试",
        StatusCodes.Status408RequestTimeout => "请求到达太慢，请重新发送",
        StatusCodes.Status413PayloadTooLarge => "请求体过大，请缩小后再试",
        StatusCodes.Status415UnsupportedMediaType => "不支持该内容类型，请修改后再试",
        StatusCodes.Status500InternalServerError => "服务器内部错误，请稍后再试；如果反复出现，请查看服务器日志",
        _ => $"请求未能完成（状态码 {status}）",
    };

    /// <summary>What to change, as far as the status tells it.</summary>
    public static LocalizedText Detail(HttpContext http)
    {
        var request = http.Request;
        return http.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => new LocalizedText(
                "请求的路径、参数或请求体无法读取；请对照 /openapi/v1.json 检查。",
                "The path, a parameter or the body cannot be read; compare the request with /openapi/v1.json."),
            StatusCodes.Status404NotFound => new LocalizedText(
                $"没有地址 {request.Path}；所有地址见 /openapi/v1.json。", $"There is no {request.Path}; /openapi/v1.json lists all addresses."),
            StatusCodes.Status405MethodNotAllowed => OfMethod(request.Method, http.Response.Headers.Allow.ToString()),
            StatusCodes.Status408RequestTimeout => new LocalizedText(
                "请求没有及时到达；请检查网络后重新发送。", "The request did not arrive in time; check the network and send it again."),
            StatusCodes.Status413PayloadTooLarge => new LocalizedText(
                "请求体超过上限；请拆分或缩小后再发送。", "The body is larger than the limit; split or shorten it."),
            StatusCodes.Status415UnsupportedMediaType => OfContentType(request),
            StatusCodes.Status500InternalServerError => new LocalizedText(
                "请稍后重新发送；如果反复出现，请凭 traceId 查看服务器日志。",
                "Send the request again later; if it fails again, find its traceId in the server's log."),
            var status => new LocalizedText(
                $"服务器以状态码 {status} 拒绝了请求；请对照 /openapi/v1.json 检查。",
                $"The server answered {status}; compare the request with /openapi/v1.json."),
        };
    }

    private static LocalizedText OfMethod(string method, string allowed) => new(
        $"请求方法是 {method}；请改为 {allowed}。", $"The method is {method}; use {allowed}.");

    /// <summary>Routing answers 415 in the place of the routes, so that their content types are looked up again.</summary>
    private static LocalizedText OfContentType(HttpRequest request)
    {
        string[] accepted =
        [
            .. request.HttpContext.RequestServices.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(route => Matches(route, request))
                .SelectMany(route => route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? [])
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        var given = request.ContentType is { Length: > 0 } type ? Parameter.Shown(type) : null;
        return new LocalizedText(
            $"{(given is null ? "请求没有内容类型" : $"请求的内容类型是“{given}”")}；请改为 {string.Join(" 或 ", accepted)}。",
            $"{(given is null ? "The request has no content type" : $"The content type is '{given}'")}; set it to {string.Join(" or ", accepted)}.");
    }

    private static bool Matches(RouteEndpoint route, HttpRequest request) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(request.Method) != false
        && new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(request.Path, []);
}
