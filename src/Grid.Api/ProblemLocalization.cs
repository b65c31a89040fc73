using Grid.Model.Languages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

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
        var language = LanguageNegotiation.Choose(http.Request.Headers.AcceptLanguage);
        if (context.ProblemDetails is LocalizedProblem problem) problem.SetLanguage(language);
        else if (language == Language.Chinese) context.ProblemDetails.Title = ChineseTitle(http.Response.StatusCode);
        http.Response.Headers.ContentLanguage = LanguageNegotiation.TagOf(language);
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
    }

    /// <summary>For errors that no endpoint has described; their English title is that of ASP.NET Core.</summary>
    private static string ChineseTitle(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "请求有误，请检查后再试",
        StatusCodes.Status404NotFound => "没有这个地址，请核对后再试",
        StatusCodes.Status405MethodNotAllowed => "该地址不支持这种请求方法，请核对后再试",
        StatusCodes.Status408RequestTimeout => "请求到达太慢，请重新发送",
        StatusCodes.Status413PayloadTooLarge => "请求体过大，请缩小后再试",
        StatusCodes.Status415UnsupportedMediaType => "不支持该内容类型，请修改后再试",
        StatusCodes.Status500InternalServerError => "服务器内部错误，请稍后再试；如果反复出现，请查看服务器日志",
        _ => $"请求未能完成（状态码 {status}）",
    };
}
