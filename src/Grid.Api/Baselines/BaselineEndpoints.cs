using Grid.Api.Parameters;
using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Explaining;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Baselines;

internal static class BaselineEndpoints
{
    public static void MapBaselineEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/baselines", Current).WithSummary("The baseline in force: the cut-offs that customers are scored and ranked by.");
        routes.MapPost("/v1/baselines/refreeze", Refreeze)
            .WithSummary("Derives the cut-offs of a frozen scheme again from the whole population now, and returns the baseline in force.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static Ok<BaselineView> Current(CurrentRules rules, Currency currency) =>
        TypedResults.Ok(BaselineView.From(rules.Value, currency));

    private static async Task<Results<Ok<BaselineView>, ProblemHttpResult>> Refreeze(
        string? scheme,
        IGrainFactory grains,
        GrainCalls calls,
        Population population,
        GridClock clock,
        CurrentRules rules,
        Currency currency,
        CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(scheme))
        {
            return Problems.Parameter(new ParameterError(
                "scheme", "缺少 scheme；请填写 baseline 为 frozen 的分层方案的 ID。", "scheme is missing; it is the id of a frozen scheme"));
        }

        // Wakes overdue customers before the call to the grain, whose turn blocks other calls.
        if (rules.Value.Rulebook.Find(scheme) is { Definition.Baseline: FrozenPolicy }) await population.Prepare(clock.Now, cancellation);
        var reply = await calls.Call(
            (Rules: grains.Rules(), scheme, asOf: clock.Now), static call => call.Rules.Refreeze(call.scheme, call.asOf));
        return reply.Outcome switch
        {
            RefreezeOutcome.Frozen => TypedResults.Ok(BaselineView.From(rules.Value, currency)),
            RefreezeOutcome.UnknownScheme => Problems.Parameter(Parameter.UnknownScheme(scheme)),
            _ => NotFrozen(Parameter.Shown(scheme), hasCutoffs: rules.Value.Rulebook.Find(scheme) is not { Measures.Count: 0 }),
        };
    }

    private static ProblemHttpResult NotFrozen(string scheme, bool hasCutoffs) => LocalizedProblem.Create(
        StatusCodes.Status409Conflict,
        new LocalizedText("该分层方案的 baseline 不是 frozen", "The scheme is not frozen"),
        hasCutoffs
            ? new LocalizedText($"“{scheme}”的切点会自动重新计算，无需手动操作。", $"The cut-offs of '{scheme}' are derived again by themselves.")
            : new LocalizedText(
                $"“{scheme}”没有切点：它的条件既不评分也不排名，无需重新计算。",
                $"'{scheme}' has no cut-offs: none of its conditions scores or ranks customers."));
}
