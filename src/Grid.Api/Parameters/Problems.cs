using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Grid.Api.Parameters;

/// <summary>Error responses: problem+json that names the parameter or the resource at fault.</summary>
internal static class Problems
{
    public static readonly LocalizedText Customer = new("用户", "customer");
    public static readonly LocalizedText Rulebook = new("规则集", "rulebook");
    public static readonly LocalizedText Scheme = new("分层方案", "scheme");

    /// <summary>400: a parameter is invalid.</summary>
    public static ProblemHttpResult Parameter(ParameterError error) => LocalizedProblem.Create(
        StatusCodes.Status400BadRequest,
        new LocalizedText($"参数“{error.Name}”有误", $"The parameter '{error.Name}' is wrong"),
        error.Detail,
        Place(error.Name));

    /// <summary>404: the resource in the address does not exist.</summary>
    /// <param name="what">The words in the glossary. The English one is also the parameter's name in the address.</param>
    /// <param name="id">The id in the request.</param>
    public static ProblemHttpResult Unknown(LocalizedText what, string id) => LocalizedProblem.Create(
        StatusCodes.Status404NotFound,
        new LocalizedText($"没有这个{what.Zh}", $"There is no such {what.En}"),
        new LocalizedText($"没有{what.Zh}“{id}”，请核对后再试。", $"There is no {what.En} '{id}'."),
        Place(what.En));

    /// <summary>404: the resource existed once, and its history is still available.</summary>
    /// <param name="by">The number of the rulebook that removed it.</param>
    public static ProblemHttpResult Removed(LocalizedText what, string id, int by) => LocalizedProblem.Create(
        StatusCodes.Status404NotFound,
        new LocalizedText($"该{what.Zh}已被移除", $"The {what.En} was removed"),
        new LocalizedText(
            $"{what.Zh}“{id}”已被规则集 #{by} 移除；它的跃迁、流量和迁移矩阵仍可查询。",
            $"The {what.En} '{id}' was removed by rulebook #{by}. Its transitions, flows and migration are still available."),
        Place(what.En),
        ("removedBy", by));

    /// <summary>503: too many requests read the whole population or log.</summary>
    public static ProblemHttpResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return LocalizedProblem.Create(
            StatusCodes.Status503ServiceUnavailable,
            new LocalizedText("正在进行的全量读取过多", "Too many full scans are running"),
            new LocalizedText(
                "同时读取全部用户或整个日志的请求数有上限，请过几秒再试。",
                "The server limits how many requests read all customers or the whole log at once. Retry in a few seconds."));
    }

    private static (string Name, object Value) Place(string name) => ("place", name);
}

/// <summary>An invalid parameter, and what it should have been.</summary>
internal sealed record ParameterError(string Name, LocalizedText Detail)
{
    public ParameterError(string name, string zh, string en)
        : this(name, new LocalizedText(zh, en))
    {
    }
}
