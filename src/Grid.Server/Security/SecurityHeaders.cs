using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Grid.Server.Security;

/// <summary>Tells browsers what a page of this server may load, and that no other site may show it or read from it.</summary>
internal static class SecurityHeaders
{
    /// <summary>All of the page is files of its own; it sets styles of elements to draw with.</summary>
    private const string OfThePage =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Swagger's page writes style sheets into itself.</summary>
    private const string OfSwagger =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        // Set at the last moment: an error that is answered clears the headers that were set before it.
        http.Response.OnStarting(static state => Set((HttpContext)state), http);
        return next(http);
    });

    private static Task Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/swagger") ? OfSwagger : OfThePage;
        headers["Referrer-Policy"] = "no-referrer";

        // Where pages of other sites may send events, their browsers must also take the answer.
        if (http.GetEndpoint()?.Metadata.GetMetadata<IEnableCorsAttribute>() is null) headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
