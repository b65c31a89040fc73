using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Grid.Api;

/// <summary>
/// Writes the problems of requests that do not accept JSON, such as those for an export or for lines of progress. ASP.NET Core's own writer refuses
/// these, and the result would then write itself without the language of the request.
/// </summary>
internal sealed class LocalizedProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => context.ProblemDetails is LocalizedProblem;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ProblemLocalization.Localize(context);
        return new ValueTask(context.HttpContext.Response.WriteAsJsonAsync(
            (LocalizedProblem)context.ProblemDetails, (JsonSerializerOptions?)null, "application/problem+json"));
    }
}
