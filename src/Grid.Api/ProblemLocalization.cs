using Grid.Model.Languages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Api;

/// <summary>Sets every error response that ASP.NET Core writes to the language of its request.</summary>
public static class ProblemLocalization
{
    /// <summary>Without it errors are English.</summary>
    public static void AddLocalizedProblems(this IServiceCollection services) => services
        .AddProblemDetails(problems => problems.CustomizeProblemDetails = Localize)
        .AddSingleton<IProblemDetailsWriter, LocalizedProblemWriter>();

    internal static void Localize(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var language = AnswerLanguage.Choose(http);
        if (context.ProblemDetails is LocalizedProblem problem)
        {
            problem.SetLanguage(language);
            return;
        }

        if (language == Language.Chinese) context.ProblemDetails.Title = UndescribedProblems.ChineseTitle(http.Response.StatusCode);
        context.ProblemDetails.Detail ??= UndescribedProblems.Detail(http).In(language);
    }
}
