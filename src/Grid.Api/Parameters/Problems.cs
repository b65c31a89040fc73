using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Grid.Api.Parameters;

/// <summary>Error responses: problem+json that names the parameter or the resource at fault.</summary>
internal static class Problems
{
    /// <summary>400: a parameter is invalid.</summary>
    public static ProblemHttpResult Parameter(ParameterError fault) => TypedResults.Problem(
        title: $"The parameter '{fault.Name}' is wrong",
        detail: fault.Detail,
        statusCode: StatusCodes.Status400BadRequest,
        extensions: Place(fault.Name));

    /// <summary>404: the resource in the address does not exist.</summary>
    /// <param name="what">The word in the glossary, which is also the parameter's name in the address.</param>
    /// <param name="id">The id in the request.</param>
    public static ProblemHttpResult Unknown(string what, string id) => TypedResults.Problem(
        title: $"There is no such {what}",
        detail: $"There is no {what} '{id}'.",
        statusCode: StatusCodes.Status404NotFound,
        extensions: Place(what));

    /// <summary>404: the resource existed once, and its history is still available.</summary>
    /// <param name="by">The number of the rulebook that removed it.</param>
    public static ProblemHttpResult Removed(string what, string id, int by) => TypedResults.Problem(
        title: $"The {what} was removed",
        detail: $"The {what} '{id}' was removed by rulebook #{by}. Its transitions, flows and migration are still available.",
        statusCode: StatusCodes.Status404NotFound,
        extensions: new Dictionary<string, object?> { ["place"] = what, ["removedBy"] = by });

    /// <summary>503: too many requests read the whole population or log.</summary>
    public static ProblemHttpResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return TypedResults.Problem(
            title: "Too many full scans are running",
            detail: "The server limits how many requests read all customers or the whole log at once. Retry in a few seconds.",
            statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static Dictionary<string, object?> Place(string name) => new() { ["place"] = name };
}

/// <summary>An invalid parameter, and what it should have been.</summary>
internal sealed record ParameterError(string Name, string Detail);
