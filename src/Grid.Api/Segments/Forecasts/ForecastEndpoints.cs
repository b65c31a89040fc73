using System.Globalization;
using Grid.Api.Parameters;
using Grid.Api.Schemes;
using Grid.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Segments.Forecasts;

internal static class ForecastEndpoints
{
    public static void MapForecastEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/segments/{scheme}/forecast", Forecast)
            .WithSummary("Arrivals and departures of each layer per hour or day, if no event comes.")
            .WithDescription(
                $"days: how far, from 1 (the default is {ApiLimits.ForecastDaysDefault}) to {ApiLimits.ForecastByDayDaysMax} per day and to "
                + $"{ApiLimits.ForecastByHourDaysMax} per hour. per: day (the default; of UTC, or of the zone of a scheme with a calendar) or "
                + "hour (of UTC). Exact over all customers at the position and the instant of the answer, which is some seconds old at the "
                + "most. heldAgainst: the cut-offs of the population are taken to stay as they are; null when the scheme does not ask for them.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<ForecastResponse>, ProblemHttpResult>> Forecast(
        string scheme,
        string? days,
        string? per,
        SegmentForecasts forecasts,
        CurrentRules rules,
        HttpContext context,
        CancellationToken cancellation)
    {
        if (rules.Value.Rulebook.Find(scheme) is null) return PastSchemes.Missing(rules.Value, scheme);
        if (per is not (null or "day" or "hour"))
            return Problems.Parameter(Parameter.Choice("per", per, "hour", "day"));
        var perHour = per == "hour";
        if (Days(days, perHour, out var ahead) is { } wrong) return Problems.Parameter(wrong);
        if (await forecasts.Read(ahead, perHour, cancellation) is not { } made) return Problems.Busy(context);
        return made.Tally.Schemes.TryGetValue(scheme, out var forecast)
            ? TypedResults.Ok(ForecastResponse.From(made, forecast, perHour))
            : PastSchemes.Missing(rules.Value, scheme);
    }

    private static ParameterError? Days(string? text, bool perHour, out int days)
    {
        days = ApiLimits.ForecastDaysDefault;
        if (text is null) return null;
        var most = perHour ? ApiLimits.ForecastByHourDaysMax : ApiLimits.ForecastByDayDaysMax;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days);
        return isNumber && days >= 1 && days <= most
            ? null
            : new ParameterError(
                "days",
                $"days 的值是“{Parameter.Shown(text)}”；{(perHour ? "按小时" : "按天")}预测时，请填写 1 到 {most} 的整数。",
                $"days is '{Parameter.Shown(text)}'; per {(perHour ? "hour" : "day")} it is a number from 1 to {most}");
    }
}
