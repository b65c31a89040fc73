using Grid.Api.Parameters;
using Grid.Api.Transitions;
using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Rulebooks.Explaining;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Customers;

internal static class CustomerEndpoints
{
    private const string ById = "The same for the customer stored under exactly this id, however it is spelled.";

    public static void MapCustomerEndpoints(this IEndpointRouteBuilder routes)
    {
        var customers = routes.MapGroup("/v1/customers/{id}").ProducesProblem(StatusCodes.Status404NotFound);
        customers.MapGet(string.Empty, View).WithSummary("One customer: tags, traits, orders, activity, metrics and layers as of now.");
        customers.MapGet("/explain", Explain)
            .WithSummary("Explains the customer's layer in a scheme, and what each other layer requires.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        customers.MapGet("/transitions", Transitions)
            .WithSummary("The customer's last 20 transitions, newest first, within the part of the log that is searched.");
        customers.MapDelete(string.Empty, Erase)
            .WithSummary("Erases a person: the row, the rejects and the name in the log. Counts are corrected.");
        customers.MapGet("/forecast", Forecast).WithSummary("The transitions that time alone will cause.");
        routes.MapGroup("/v1/customers")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).MapById();
    }

    /// <summary>Without <c>?id=</c> the last path segment is an id, because a customer may be named <c>forecast</c>.</summary>
    private static void MapById(this RouteGroupBuilder customers)
    {
        customers.MapGet(string.Empty, View).WithSummary(ById);
        customers.MapDelete(string.Empty, Erase).WithSummary(ById);
        customers.MapGet(
            "/explain",
            async Task<IResult> (string? id, string? scheme, HttpContext http, CustomerReader reader, CurrentRules rules, Currency currency) =>
                id is null
                    ? await View(Named(http, "explain"), http, reader, currency)
                    : await Explain(id, scheme, http, reader, rules, currency)).WithSummary(ById).Produces<Explanation>();
        customers.MapGet(
            "/transitions",
            async Task<IResult> (
                string? id, HttpContext http, CustomerReader reader, LatestTransitions latest, Currency currency, CancellationToken cancellation) =>
                id is null
                    ? await View(Named(http, "transitions"), http, reader, currency)
                    : await Transitions(id, http, reader, latest, cancellation)).WithSummary(ById).Produces<CustomerTransitions>();
        customers.MapGet("/forecast", async Task<IResult> (string? id, HttpContext http, CustomerReader reader, Currency currency) =>
            id is null ? await View(Named(http, "forecast"), http, reader, currency) : await Forecast(id, http, reader))
            .WithSummary(ById).Produces<Forecast>();
    }

    private static string Named(HttpContext http, string segment)
    {
        http.Request.RouteValues["id"] = segment;
        return segment;
    }

    private static async Task<Results<Ok<CustomerView>, ProblemHttpResult>> View(
        string? id, HttpContext http, CustomerReader reader, Currency currency) =>
        await Find(id, http, reader) is { } customer ? TypedResults.Ok(customer.View(currency)) : Unknown(id);

    private static async Task<Results<Ok<Explanation>, ProblemHttpResult>> Explain(
        string? id, string? scheme, HttpContext http, CustomerReader reader, CurrentRules rules, Currency currency)
    {
        if (string.IsNullOrEmpty(scheme))
            return Problems.Parameter(new ParameterError("scheme", "缺少 scheme；请填写分层方案的 ID。", "scheme is missing; it is the id of a scheme"));
        if (rules.Value.Rulebook.Find(scheme) is null) return NoScheme(scheme);
        if (await Find(id, http, reader) is not { } customer) return Unknown(id);

        // A publication may have removed the scheme meanwhile.
        return customer.Explain(scheme, currency) is { } explanation ? TypedResults.Ok(explanation) : NoScheme(scheme);
    }

    private static async Task<Results<Ok<CustomerTransitions>, ProblemHttpResult>> Transitions(
        string? id, HttpContext http, CustomerReader reader, LatestTransitions latest, CancellationToken cancellation)
    {
        if (await Find(id, http, reader) is not { Id: var customer }) return Unknown(id);
        var (items, since, _) = await latest.Since(new TransitionFilter(Customer: customer.Value), cancellation);
        items.Reverse();
        var shown = items.Take(ApiLimits.TransitionsOfCustomerMax).ToList();

        // More transitions may have been recorded at the same instant as the last one shown.
        var from = shown.Count < items.Count ? shown[^1].RecordedAt : since?.ToString();
        return TypedResults.Ok(new CustomerTransitions(customer.Value, from, shown));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Erase(string? id, HttpContext http, IGrainFactory grains, GrainCalls calls)
    {
        if (CustomerParameter.Read(http, id) is { } customer && await calls.Call(grains.Customer(customer), static grain => grain.Erase()))
            return TypedResults.NoContent();
        return Unknown(id);
    }

    private static async Task<Results<Ok<Forecast>, ProblemHttpResult>> Forecast(string? id, HttpContext http, CustomerReader reader) =>
        await Find(id, http, reader) is { } customer ? TypedResults.Ok(customer.Forecast()) : Unknown(id);

    private static async Task<EvaluatedCustomer?> Find(string? id, HttpContext http, CustomerReader reader) =>
        CustomerParameter.Read(http, id) is { } customer ? await reader.Read(customer) : null;

    private static ProblemHttpResult Unknown(string? id) => id is null
        ? Problems.Parameter(new ParameterError("id", "缺少 id；请填写用户的 ID。", "id is missing; it is the id of a customer"))
        : Problems.Unknown(Problems.Customer, Parameter.Shown(id));

    private static ProblemHttpResult NoScheme(string scheme) => Problems.Parameter(Parameter.UnknownScheme(scheme));
}
