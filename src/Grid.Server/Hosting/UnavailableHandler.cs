using System.Globalization;
using Grid.Api;
using Grid.Ingest;
using Grid.Ingest.Responses;
using Microsoft.AspNetCore.Diagnostics;

namespace Grid.Server.Hosting;

/// <summary>Answers 503 with the reason when storage or the silo is unavailable. Any other exception is a bug and answers 500.</summary>
internal sealed class UnavailableHandler(IngestOptions options) : IExceptionHandler
{
    /// <summary>A body that arrives too slowly, or is too large, is the client's fault.</summary>
    public static ExceptionHandlerOptions Options => new()
    {
        StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
    };

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Unavailability.Reason(exception, out var passes) is not { } reason) return false;
        if (passes) httpContext.Response.Headers.RetryAfter = options.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        await LocalizedProblem.Create(StatusCodes.Status503ServiceUnavailable, Unavailability.Title, reason).ExecuteAsync(httpContext);
        return true;
    }
}
