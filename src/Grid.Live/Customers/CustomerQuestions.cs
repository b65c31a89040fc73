using Grid.Grains;
using Grid.Grains.Rulebooks;
using Grid.Live.Parameters;
using Grid.Live.Transitions;
using Grid.Model.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Live.Customers;

internal static class CustomerQuestions
{
    private const string ById = "The same for the customer stored under exactly this id, however it is spelled.";

    public static void MapCustomerQuestions(this IEndpointRouteBuilder routes)
    {
        var customers = routes.MapGroup("/v1/customers/{id}").ProducesProblem(StatusCodes.Status404NotFound);
        customers.MapGet(string.Empty, View).WithSummary("One customer: tags, traits, orders, activity, metrics and layers as of now.");
        customers.MapGet("/explain", Explain)
            .WithSummary("Why the customer is in its layer of a scheme, and what is missing for each other one.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        customers.MapGet("/transitions", Transitions)
            .WithSummary("The last 20 transitions of the customer, the newest first, as far back as the log is looked through.");
        customers.MapDelete(string.Empty, Erase)
            .WithSummary("Forgets a person: its row, its rejects and its name in the log; what it had is subtracted from every count.");
        customers.MapGet("/forecast", Forecast).WithSummary("The transitions that come if nothing more happens.");
        routes.MapGroup("/v1/customers").ProducesProblem(StatusCodes.Status404NotFound).MapById();
    }

    /// <summary>Without <c>?id=</c> the last segment is an id like any other: somebody may be called <c>forecast</c>.</summary>
    private static void MapById(this RouteGroupBuilder customers)
    {
        customers.MapGet(string.Empty, View).WithSummary(ById);
        customers.MapDelete(string.Empty, Erase).WithSummary(ById);
        customers.MapGet("/explain", async Task<IResult> (string? id, string? scheme, HttpContext http, IGrainFactory grains, CurrentRules rules) =>
            id is null ? await View(Named(http, "explain"), http, grains) : await Explain(id, scheme, http, grains, rules)).WithSummary(ById);
        customers.MapGet(
            "/transitions",
            async Task<IResult> (string? id, HttpContext http, IGrainFactory grains, LatestTransitions latest, CancellationToken cancellation) =>
                id is null ? await View(Named(http, "transitions"), http, grains) : await Transitions(id, http, grains, latest, cancellation))
            .WithSummary(ById);
        customers.MapGet("/forecast", async Task<IResult> (string? id, HttpContext http, IGrainFactory grains) =>
            id is null ? await View(Named(http, "forecast"), http, grains) : await Forecast(id, http, grains)).WithSummary(ById);
    }

    private static string Named(HttpContext http, string segment)
    {
        http.Request.RouteValues["id"] = segment;
        return segment;
    }

    private static async Task<Results<Ok<CustomerView>, ProblemHttpResult>> View(string? id, HttpContext http, IGrainFactory grains)
    {
        if (CustomerInAddress.Read(http, id) is { } customer && await grains.Customer(customer).View() is { } view)
            return TypedResults.Ok(view);
        return Unknown(id);
    }

    private static async Task<Results<Ok<Explanation>, ProblemHttpResult>> Explain(
        string? id, string? scheme, HttpContext http, IGrainFactory grains, CurrentRules rules)
    {
        if (string.IsNullOrEmpty(scheme))
            return Wrong.Parameter(new ParameterFault("scheme", "scheme is missing; it is the id of a scheme"));
        if (rules.Value.Rulebook.Find(scheme) is null)
            return Wrong.Parameter(new ParameterFault("scheme", $"there is no scheme '{Parameter.Shown(scheme)}'"));
        if (CustomerInAddress.Read(http, id) is { } customer && await grains.Customer(customer).Explain(scheme) is { } explanation)
            return TypedResults.Ok(explanation);
        return Unknown(id);
    }

    private static async Task<Results<Ok<CustomerTransitions>, ProblemHttpResult>> Transitions(
        string? id, HttpContext http, IGrainFactory grains, LatestTransitions latest, CancellationToken cancellation)
    {
        if (CustomerInAddress.Read(http, id) is not { } customer || await grains.Customer(customer).View() is null) return Unknown(id);
        var (items, since, _) = await latest.Since(new TransitionFilter(Customer: customer.Value), cancellation);
        items.Reverse();
        var shown = items.Take(LiveLimits.TransitionsOfCustomerMax).ToList();

        // Of those recorded at one instant the last shown may not be all.
        var from = shown.Count < items.Count ? shown[^1].RecordedAt : since?.ToString();
        return TypedResults.Ok(new CustomerTransitions(customer.Value, from, shown));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Erase(string? id, HttpContext http, IGrainFactory grains)
    {
        if (CustomerInAddress.Read(http, id) is { } customer && await grains.Customer(customer).Erase()) return TypedResults.NoContent();
        return Unknown(id);
    }

    private static async Task<Results<Ok<Forecast>, ProblemHttpResult>> Forecast(string? id, HttpContext http, IGrainFactory grains)
    {
        if (CustomerInAddress.Read(http, id) is { } customer && await grains.Customer(customer).Forecast() is { } forecast)
            return TypedResults.Ok(forecast);
        return Unknown(id);
    }

    private static ProblemHttpResult Unknown(string? id) => id is null
        ? Wrong.Parameter(new ParameterFault("id", "id is missing; it is the id of a customer"))
        : Wrong.Unknown("customer", Parameter.Shown(id));
}
