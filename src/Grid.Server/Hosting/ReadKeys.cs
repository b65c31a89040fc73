using System.Security.Cryptography;
using System.Text;
using Grid.Server.Options;

namespace Grid.Server.Hosting;

/// <summary>
/// Where keys are configured, everything but the way in (which checks its write keys itself), the health checks and the page's files
/// asks for one: as <c>Authorization: Bearer</c>, or as <c>access_token</c> in the address where a browser cannot set headers.
/// </summary>
internal static class ReadKeys
{
    private static readonly string[] Guarded =
        ["/v1/customers", "/v1/schemes", "/v1/rulebooks", "/v1/segments", "/v1/transitions", "/v1/baselines", "/v1/audit", "/v1/rejects", "/hubs", "/metrics"];

    public static void UseReadKeys(this WebApplication app, GridOptions options)
    {
        if (options.Keys.Count == 0) return;
        var known = options.Keys.Select(Hash).ToArray();
        app.Use(async (http, next) =>
        {
            if (!Guarded.Any(path => http.Request.Path.StartsWithSegments(path)) || IsKnown(Given(http.Request), known))
            {
                await next(http);
                return;
            }

            http.Response.Headers.WWWAuthenticate = "Bearer";
            await Results.Problem("Send one of the configured keys as a bearer token.", statusCode: 401, title: "The key is missing or unknown")
                .ExecuteAsync(http);
        });
    }

    private static string? Given(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header["Bearer ".Length..].Trim();
        return request.Query["access_token"];
    }

    private static bool IsKnown(string? key, byte[][] known) =>
        key is not null && known.Any(hash => CryptographicOperations.FixedTimeEquals(hash, Hash(key)));

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
