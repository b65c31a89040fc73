using Grid.Grains.Rulebooks;
using Grid.Model;
using Grid.Model.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Live.Baselines;

internal static class BaselineQuestions
{
    public static void MapBaselineQuestions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/baselines", Current).WithSummary("The baseline in force: the cut-offs that customers are scored and ranked by.");

    private static Ok<BaselineView> Current(CurrentRules rules, Currency currency) =>
        TypedResults.Ok(BaselineView.Of(rules.Value, currency));
}
