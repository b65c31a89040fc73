using Grid.Api;
using Grid.Model.Schemes.Definitions;
using Grid.Server.Configuration;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace Grid.Server.Security;

/// <summary>
/// Refuses requests from other sites' web pages to a server that the reader's browser can reach. A page may send requests to any address, and a DNS
/// name of its own may point to this one. The host, the origin and the fetch metadata reveal such requests: browsers set them and no script can.
/// </summary>
internal static class BrowserPolicy
{
    /// <summary>
    /// The CORS policy of the ingestion endpoints. SDKs send headers of their own (X-Retry-Count, AnonymousId), so every header is allowed; cookies are
    /// not. The policy also applies to errors, so that an SDK can read why an event was refused and when to send it again.
    /// </summary>
    public const string WaysIn = "ways-in";

    private const string AnyOrigin = "*";

    /// <summary>The longest time that a browser keeps the answer to a preflight.</summary>
    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(2);
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    public static void AddBrowserPolicy(this IServiceCollection services, GridOptions options) => services.AddCors(cors => cors.AddPolicy(
        WaysIn,
        policy => (TakesAnyOrigin(options) ? policy.AllowAnyOrigin() : policy.WithOrigins([.. options.AllowedOrigins]))
            .WithMethods("POST").AllowAnyHeader().WithExposedHeaders("Retry-After").SetPreflightMaxAge(PreflightAge)));

    public static void UseBrowserPolicy(this WebApplication app, GridOptions options)
    {
        var hosts = HostsOf(options);
        app.Use(async (http, next) =>
        {
            if (!IsServed(http.Request, hosts)) await UnknownHost(http.Request).ExecuteAsync(http);
            else if (IsGuarded(http.Request) && IsForeign(http.Request) && !IsAllowed(http, options)) await Foreign().ExecuteAsync(http);
            else await next(http);
        });
        app.UseCors();
    }

    /// <summary>Null allows every host: with keys, the name in a request proves nothing, because the key protects the server.</summary>
    private static IList<StringSegment>? HostsOf(GridOptions options)
    {
        if (options.AllowedHosts.Count == 0 && options.Keys.Count > 0) return null;
        return [.. Loopback.Append(new Uri(options.Listen).Host).Concat(options.AllowedHosts).Select(host => new StringSegment(host))];
    }

    /// <summary>Health checks reach a process by any of its addresses, and reveal only that it lives.</summary>
    private static bool IsServed(HttpRequest request, IList<StringSegment>? hosts) =>
        hosts is null || !request.Host.HasValue || HostString.MatchesAny(request.Host.Value, hosts) || request.Path.StartsWithSegments("/health");

    /// <summary>Whether a request changes something or opens the hub: browsers do not restrict sockets to the own origin.</summary>
    private static bool IsGuarded(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Path.StartsWithSegments("/hubs");

    /// <summary>
    /// Programs send neither header. A browser that sends both has compared the origins itself, also behind a proxy with another host name.
    /// </summary>
    private static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0) return site.ToString() is not ("same-origin" or "none");
        var origin = request.Headers.Origin;
        if (origin.Count == 0) return false;
        if (!Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var uri)) return true;
        var port = request.Host.Port ?? (uri.IsDefaultPort ? uri.Port : -1);
        return port != uri.Port || !string.Equals(uri.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsAllowed(HttpContext http, GridOptions options) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IEnableCorsAttribute>()?.PolicyName == WaysIn
        && (TakesAnyOrigin(options)
            || options.AllowedOrigins.Contains(http.Request.Headers.Origin.ToString(), StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// By default with keys only: a page that has no key can send nothing. Without keys every page that the operator opens could send events.
    /// </summary>
    private static bool TakesAnyOrigin(GridOptions options) =>
        options.AllowedOrigins.Contains(AnyOrigin) || (options.AllowedOrigins.Count == 0 && options.Keys.Count > 0);

    private static ProblemHttpResult UnknownHost(HttpRequest request) => LocalizedProblem.Create(
        StatusCodes.Status400BadRequest,
        new LocalizedText("主机名未知", "The host is unknown"),
        new LocalizedText(
            $"本服务器的名称中没有“{request.Host.Value}”。如果应当有，请把它加入 Grid__AllowedHosts。",
            $"This server is not known as '{request.Host.Value}'. If it should be, add the name to Grid__AllowedHosts."));

    private static ProblemHttpResult Foreign() => LocalizedProblem.Create(
        StatusCodes.Status403Forbidden,
        new LocalizedText("拒绝来自其他网站的请求", "Requests from other sites are refused"),
        new LocalizedText(
            "这个请求来自其他网站的页面。如果允许该网站的页面向这里发送事件，请把它的来源加入 Grid__AllowedOrigins。",
            "A page of another site sent this. If pages of that site may send events here, add its origin to Grid__AllowedOrigins."));
}
