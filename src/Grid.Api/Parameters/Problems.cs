using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Grid.Api.Parameters;

/// <summary>What is answered to a question that cannot be: problem+json that names the place of the mistake.</summary>
internal static class Problems
{
    /// <summary>400: a parameter is not what it has to be.</summary>
    public static ProblemHttpResult Parameter(ParameterFault fault) => TypedResults.Problem(
        title: $"The parameter '{fault.Name}' is wrong",
        detail: fault.Detail,
        statusCode: StatusCodes.Status400BadRequest,
        extensions: Place(fault.Name));

    /// <summary>404: what the address names does not exist.</summary>
    /// <param name="what">The word of the glossary, which is also the name in the address.</param>
    /// <param name="id">What was asked for.</param>
    public static ProblemHttpResult Unknown(string what, string id) => TypedResults.Problem(
        title: $"There is no such {what}",
        detail: $"There is no {what} '{id}'.",
        statusCode: StatusCodes.Status404NotFound,
        extensions: Place(what));

    /// <summary>404: it was there once, and its history still is.</summary>
    /// <param name="by">The number of the rulebook that has it no more.</param>
    public static ProblemHttpResult Removed(string what, string id, int by) => TypedResults.Problem(
        title: $"The {what} was removed",
        detail: $"The {what} '{id}' was removed by rulebook #{by}. Its transitions, flows and migration can still be asked for.",
        statusCode: StatusCodes.Status404NotFound,
        extensions: new Dictionary<string, object?> { ["place"] = what, ["removedBy"] = by });

    /// <summary>503: as many questions as may read the whole population or log do so.</summary>
    public static ProblemHttpResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return TypedResults.Problem(
            title: "Too much is being read",
            detail: "As many questions that read all customers or the whole log are being answered as may be; ask again in some seconds.",
            statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static Dictionary<string, object?> Place(string name) => new() { ["place"] = name };
}

/// <summary>A parameter that was refused, and what it should have been.</summary>
internal sealed record ParameterFault(string Name, string Detail);
