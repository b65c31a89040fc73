using Grid.Api.Parameters;
using Grid.Api.Rulebooks;
using Grid.Grains.Calls;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Linting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Api.Previews;

/// <summary>A rulebook to preview: its compiled files, and the schemes to report.</summary>
/// <param name="Schemes">Ids of schemes in these files.</param>
internal sealed record PreviewRequest(
    IReadOnlyList<SchemeSource> Files, RulebookContent Content, IReadOnlyList<Diagnostic> Warnings, IReadOnlySet<string> Schemes)
{
    /// <param name="request">The files of the request.</param>
    /// <param name="schemes">Ids separated by commas, or <c>all</c>.</param>
    /// <param name="context">Of the call.</param>
    /// <returns>Exactly one of the two is not null.</returns>
    public static async Task<(PreviewRequest? Draft, ProblemHttpResult? Problem)> Read(RulebookRequest request, string? schemes, HttpContext context)
    {
        var services = context.RequestServices;
        var (files, error) = await RequestedFiles.Read(
            request, services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<GrainCalls>());
        if (files is null) return (null, Problems.Parameter(error!));
        var compiled = RulebookFiles.Compile(files, services.GetRequiredService<Currency>(), services.GetService<InteractionKinds>());
        if (compiled.Content is not { } content) return (null, RulebookEndpoints.Faulty(compiled.Faults));
        var known = content.Schemes.Select(scheme => scheme.Id).ToHashSet();
        var requested = SchemesParameter.Parse(schemes, known, out var wrong);
        if (wrong is not null) return (null, Problems.Parameter(wrong));
        var lost = RemovedTags.Warnings(services.GetRequiredService<CurrentRules>().Value.Rulebook, content);
        return (new PreviewRequest(files, content, [.. compiled.Warnings, .. lost], requested), null);
    }
}
