using Grid.Api.Parameters;
using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Linting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Api.Rulebooks;

internal static class RulebookEndpoints
{
    public static void MapRulebookEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/rulebooks", All).WithSummary("All published rulebooks, and how many customers have moved to the one in force.");
        routes.MapGet("/v1/rulebooks/{number:int}", One).WithSummary("One rulebook with its files.").ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost("/v1/rulebooks", Publish)
            .WithSummary("Publishes a rulebook under the next number: all files, or the files in force with some replaced, added or removed.")
            .AcceptsJson<RulebookRequest>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        routes.MapPost("/v1/rulebooks/{number:int}/publish", PublishAgain)
            .WithSummary("Rolls back: publishes the files of an earlier rulebook under the next number.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost("/v1/schemes/lint", Lint)
            .WithSummary("Checks files: errors, and warnings for what is allowed but probably not intended. Publishes nothing.")
            .AcceptsJson<RulebookRequest>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Ok<RulebooksResponse>> All(IGrainFactory grains, GrainCalls calls, CurrentRules rules, Population population)
    {
        var history = await calls.Call(grains.Rules(), static rules => rules.History());
        var inForce = rules.Value.Rulebook.Number;
        return TypedResults.Ok(new RulebooksResponse(
            inForce, MigrationProgressResponse.From(await population.Status(), inForce), [.. history.Reverse().Select(RulebookEntry.From)]));
    }

    private static async Task<Results<Ok<RulebookResponse>, ProblemHttpResult>> One(int number, IGrainFactory grains, GrainCalls calls)
    {
        if (await Find(number, grains, calls) is not { } published) return Problems.Unknown(Problems.Rulebook, $"{number}");
        return TypedResults.Ok(new RulebookResponse(
            RulebookEntry.From(published), [.. published.Files.Select(file => new RulebookFile(Path.GetFileName(file.File), file.Yaml))]));
    }

    private static async Task<Results<Ok<PublishResponse>, ProblemHttpResult>> Publish(
        HttpContext context, RulebookPublisher publisher, CurrentRules rules, IGrainFactory grains, GrainCalls calls, CancellationToken cancellation)
    {
        var (request, unreadable) = await RequestBody.Read(context, ApiJson.Default.RulebookRequest);
        if (request is null) return unreadable!;
        if (RequestErrors.NamesNothing(request) is { } nothing) return Problems.Parameter(nothing);
        var (files, error) = await RequestedFiles.Read(request, grains, calls);
        if (files is null) return Problems.Parameter(error!);
        return await Put(new Publication(files, Author(request.Author), request.Note, PublicationOrigin.Api), publisher, rules, cancellation);
    }

    private static async Task<Results<Ok<PublishResponse>, ProblemHttpResult>> PublishAgain(
        int number,
        string? author,
        string? note,
        RulebookPublisher publisher,
        CurrentRules rules,
        IGrainFactory grains,
        GrainCalls calls,
        CancellationToken cancellation)
    {
        if (RequestErrors.Signature(author, note) is { } error) return Problems.Parameter(error);
        if (await Find(number, grains, calls) is not { } published) return Problems.Unknown(Problems.Rulebook, $"{number}");
        return await Put(
            new Publication(published.Files, Author(author), note ?? $"as #{number}", PublicationOrigin.Api), publisher, rules, cancellation);
    }

    private static async Task<Results<Ok<LintResponse>, ProblemHttpResult>> Lint(
        HttpContext context, CurrentRules rules, IGrainFactory grains, GrainCalls calls, Currency currency)
    {
        var (request, unreadable) = await RequestBody.Read(context, ApiJson.Default.RulebookRequest);
        if (request is null) return unreadable!;
        if (RequestErrors.NamesNothing(request) is { } nothing) return Problems.Parameter(nothing);
        var (files, error) = await RequestedFiles.Read(request, grains, calls);
        if (files is null) return Problems.Parameter(error!);
        var compiled = RulebookFiles.Compile(files, currency, context.RequestServices.GetService<InteractionKinds>());
        var lost = compiled.Content is { } content ? RemovedTags.Warnings(rules.Value.Rulebook, content) : [];
        return TypedResults.Ok(new LintResponse(
            compiled.Content is not null,
            [.. compiled.Faults.Select(FaultView.From)],
            [.. compiled.Warnings.Concat(lost).Select(FaultView.From)]));
    }

    private static async Task<Results<Ok<PublishResponse>, ProblemHttpResult>> Put(
        Publication publication, RulebookPublisher publisher, CurrentRules rules, CancellationToken cancellation)
    {
        var before = rules.Value.Rulebook;
        var reply = await publisher.Publish(publication, cancellation);
        if (reply.Faults.Count > 0) return Faulty(reply.Faults);
        var lost = RemovedTags.Warnings(before, rules.Value.Rulebook.Content);
        return TypedResults.Ok(new PublishResponse(reply.Number, reply.IsNew, [.. reply.Warnings.Concat(lost).Select(FaultView.From)]));
    }

    /// <summary>400 with every fault and its place; nothing was published.</summary>
    internal static ProblemHttpResult Faulty(IReadOnlyList<Diagnostic> faults) => LocalizedProblem.Create(
        StatusCodes.Status400BadRequest,
        new LocalizedText("规则集有错误", "The rulebook has errors"),
        new LocalizedText($"{faults[0].Place}: {faults[0].Text.Zh}", faults[0].ToString()),
        ("faults", faults.Select(FaultView.From).ToArray()));

    private static async Task<PublishedRulebook?> Find(int number, IGrainFactory grains, GrainCalls calls) =>
        (await calls.Call(grains.Rules(), static rules => rules.History())).FirstOrDefault(published => published.Number == number);

    private static string Author(string? author) => string.IsNullOrWhiteSpace(author) ? "api" : author.Trim();
}
