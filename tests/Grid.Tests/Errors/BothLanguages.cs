using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>Sends one wrong request with many values of <c>Accept-Language</c>, and checks the language of each answer.</summary>
internal static partial class BothLanguages
{
    private static readonly string[] Chinese = ["zh-CN,zh;q=0.9,en;q=0.8", "zh", "en;q=0.5,zh;q=0.8", "fr,zh;q=0.1"];
    private static readonly string?[] English = [null, "en", "en,zh;q=0.5", "*", "fr"];

    /// <summary>Fields that differ between two answers in the same language, and those that are texts.</summary>
    private static readonly string[] NotCompared = ["traceId", "title", "detail"];

    /// <param name="send">Sends the request with a value of Accept-Language; null: without the header.</param>
    /// <param name="status">The status of every answer.</param>
    public static async Task ShouldAnswer(Func<string?, Task<HttpResponseMessage>> send, HttpStatusCode status)
    {
        string[] texts = ["title", "detail"];
        var answers = new List<JsonObject>();
        foreach (var accepted in Chinese)
        {
            var problem = await Answer(send, accepted, status, "zh-CN");
            foreach (var text in texts) Ideograph().IsMatch(TextOf(problem, text)).ShouldBeTrue($"{accepted}: {problem}");
            answers.Add(problem);
        }

        foreach (var accepted in English)
        {
            var problem = await Answer(send, accepted, status, "en");
            foreach (var text in texts) Ideograph().IsMatch(TextOf(problem, text)).ShouldBeFalse($"{accepted}: {problem}");
            answers.Add(problem);
        }

        answers.Select(Compared).Distinct().Count().ShouldBe(1, string.Join('\n', answers.Select(Compared)));
    }

    private static async Task<JsonObject> Answer(
        Func<string?, Task<HttpResponseMessage>> send, string? accepted, HttpStatusCode status, string language)
    {
        using var answer = await send(accepted);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Content.Headers.ContentLanguage.ShouldBe([language], $"{accepted}: {text}");
        answer.Headers.Vary.ShouldContain("Accept-Language");
        return JsonNode.Parse(text)!.AsObject();
    }

    private static string TextOf(JsonObject problem, string name) =>
        problem[name]?.GetValue<string>() is { Length: > 0 } text ? text : throw new InvalidOperationException($"There is no {name} in {problem}");

    private static string Compared(JsonObject problem) =>
        string.Join(", ", problem.Where(field => !NotCompared.Contains(field.Key)).Select(field => $"{field.Key}: {field.Value?.ToJsonString()}"));

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ideograph();
}
