using Grid.Model.Languages;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Grid.Api;

/// <summary>An error response in each language of operators. It is English until <see cref="ProblemLocalization"/> sets the request's language.</summary>
public sealed class LocalizedProblem : ProblemDetails
{
    private readonly LocalizedText _title;
    private readonly LocalizedText _detail;

    private LocalizedProblem(int status, LocalizedText title, LocalizedText detail)
    {
        (_title, _detail) = (title, detail);
        Status = status;
        SetLanguage(Language.English);
    }

    public static ProblemHttpResult Create(
        int status, LocalizedText title, LocalizedText detail, params ReadOnlySpan<(string Name, object Value)> extensions)
    {
        var problem = new LocalizedProblem(status, title, detail);
        foreach (var (name, value) in extensions) problem.Extensions.Add(name, value);
        return TypedResults.Problem(problem);
    }

    internal void SetLanguage(Language language) => (Title, Detail) = (_title.In(language), _detail.In(language));
}
