using Grid.Api.Parameters;
using Grid.Api.Schemes;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Rulebooks.Compiling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Segments.Values;

internal static class ValueEndpoints
{
    private const string WindowDefault = "90d";

    public static void MapValueEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/segments/{scheme}/value", Value)
            .WithSummary("Revenue, orders, order value and order interval of each layer, compared with the guidance.")
            .WithDescription(
                "window: 90d (the default), 12h, all; in whole days of its own zone for a scheme with a calendar. Exact over all customers "
                + "at the position and the instant of the answer, which is some seconds old at the most. Revenue is what was paid in the "
                + "window less what was refunded in it, in minor units. top: of the customers with an order in the window the 20 % who "
                + "spent most, ties with the last of them included.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<ValueResponse>, ProblemHttpResult>> Value(
        string scheme,
        string? window,
        SegmentValues values,
        CurrentRules rules,
        Currency currency,
        HttpContext context,
        CancellationToken cancellation)
    {
        if (rules.Value.Rulebook.Find(scheme) is not { } found) return PastSchemes.Missing(rules.Value, scheme);
        if (!new QueryVocabulary(found, rules.Value.Rulebook, currency).TryWindow(window ?? WindowDefault, out var span, out var error))
        {
            return Problems.Parameter(new ParameterError(
                "window", $"window：{Parameter.Shown(error.Value.Zh)}。", $"window: {Parameter.Shown(error.Value.En)}"));
        }

        return await values.Read(scheme, span, cancellation) is { } answer ? TypedResults.Ok(answer) : Problems.Busy(context);
    }
}
