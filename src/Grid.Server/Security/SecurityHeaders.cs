using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Grid.Server.Security;

/// <summary>
/// Sets headers that tell browsers which content a page of this server may load, and that no other site may frame it or read from it.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>The page consists only of files of its own; it sets inline styles of elements to draw.</summary>
    private const string OfThePage =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Swagger's page writes style sheets into itself.</summary>
    private const string OfSwagger =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        // Set when the response starts, because an error handler clears headers that were set before.
        http.Response.OnStarting(static state => Set((HttpContext)state), http);
        return next(http);
    });

    private static Task Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/swagger") ? OfSwagger : OfThePage;
        headers["Referrer-Policy"] = "no-referrer";

        // When pages of other sites may send events, their browsers must be able to read the answer.
        if (http.GetEndpoint()?.Metadata.GetMetadata<IEnableCorsAttribute>() is null) headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
