using System.Security.Cryptography;
using System.Text;
using Grid.Ingest;
using Grid.Server.Options;

namespace Grid.Server.Hosting;

/// <summary>
/// Requires a key when keys are configured, for everything but ingestion (which checks its write keys itself), the health checks and the page's
/// files. The key comes as <c>Authorization: Bearer</c>, or as <c>access_token</c> in the address where a browser cannot set headers. There a ticket
/// of <c>POST /v1/tickets</c> is accepted too and is safer: addresses are logged. The dashboard of Orleans and the documentation use Basic
/// authentication, with the key as the user name.
/// </summary>
internal static class ReadKeys
{
    private static readonly string[] Guarded =
    [
        "/v1/customers", "/v1/schemes", "/v1/rulebooks", "/v1/segments", "/v1/transitions", "/v1/baselines", "/v1/audit", "/v1/rejects",
        "/v1/tickets", "/hubs", "/metrics", "/swagger", "/openapi", OrleansDashboard.Path,
    ];

    /// <summary>Pages that a browser opens by their address: it shows a form for the key, which is the user name.</summary>
    private static readonly string[] WithForm = ["/swagger", "/openapi", OrleansDashboard.Path];

    /// <summary>Requests that browsers make without headers, and so with a ticket.</summary>
    private static readonly string[] WithTicket = ["/hubs", "/v1/segments"];

    public static void UseReadKeys(this WebApplication app, GridOptions options)
    {
        if (options.Keys.Count == 0) return;
        var known = options.Keys.Select(Hash).ToArray();
        app.Use(async (http, next) =>
        {
            if (!Guarded.Any(path => http.Request.Path.StartsWithSegments(path)) || IsKnown(http.Request, known))
            {
                await next(http);
                return;
            }

            http.Response.Headers.WWWAuthenticate = IsOf(WithForm, http.Request) ? "Basic realm=\"grid\"" : "Bearer";
            await Results.Problem("Send one of the configured keys as a bearer token.", statusCode: 401, title: "The key is missing or unknown")
                .ExecuteAsync(http);
        });
        app.MapPost("/v1/tickets", (HttpContext http) => Results.Json(new
        {
            ticket = Tickets.Give(Hash(Given(http.Request)!), TimeProvider.System.GetUtcNow()),
            expiresInSeconds = (int)Tickets.ValidFor.TotalSeconds,
        }))
            .WithTags("Keys")
            .WithSummary("Issues a ticket that replaces the key for one minute: a browser sends it as access_token to the hub or to an export.");
    }

    private static bool IsKnown(HttpRequest request, byte[][] known)
    {
        if (Given(request) is not { } given) return false;
        if (Array.Exists(known, hash => CryptographicOperations.FixedTimeEquals(hash, Hash(given)))) return true;
        return IsOf(WithTicket, request) && Array.Exists(known, hash => Tickets.IsValid(given, hash, TimeProvider.System.GetUtcNow()));
    }

    private static string? Given(HttpRequest request)
    {
        if (IsOf(WithForm, request) && WriteKeys.OfHeader(request) is { } shown) return shown;
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header["Bearer ".Length..].Trim();
        return request.Query["access_token"];
    }

    private static bool IsOf(string[] paths, HttpRequest request) => Array.Exists(paths, path => request.Path.StartsWithSegments(path));

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
