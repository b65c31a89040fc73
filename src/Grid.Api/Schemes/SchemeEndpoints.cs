using Grid.Grains.Rules;
using Grid.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Schemes;

internal static class SchemeEndpoints
{
    public static void MapSchemeEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/schemes", All).WithSummary("The schemes in force with their layers, lowest rank first.");

    private static Ok<SchemesResponse> All(CurrentRules rules, Currency currency)
    {
        var rulebook = rules.Value.Rulebook;
        return TypedResults.Ok(new SchemesResponse(
            rulebook.Number,
            new CurrencyView(currency.Code, currency.MinorUnits),
            [.. rulebook.Schemes.Select(scheme => SchemeView.From(scheme, currency))]));
    }
}
