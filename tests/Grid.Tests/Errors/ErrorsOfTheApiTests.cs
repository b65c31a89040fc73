using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Tests.Deployment;
using Shouldly;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>Each error of the API, in the language of the request.</summary>
public sealed class ErrorsOfTheApiTests(OpenServer server) : IClassFixture<OpenServer>
{
    private const string Json = "application/json";
    private const string Broken = """{"replace":[{"file":"x.yaml","yaml":"scheme: 5"}]}""";

    public static TheoryData<string> Parameters { get; } =
    [
        "/v1/transitions?limit=0", "/v1/transitions?after=x", "/v1/transitions?after=999999", "/v1/transitions?scheme=none",
        "/v1/transitions?customer=", "/v1/rejects?limit=x", "/v1/rejects?after=x", "/v1/customers", "/v1/customers/explain?id=u1",
        "/v1/customers/u1/explain?scheme=none", "/v1/segments/lifecycle/flows?per=week", "/v1/segments/lifecycle/flows?from=x",
        "/v1/segments/lifecycle/flows?from=2026-01-02&to=2026-01-01", "/v1/segments/lifecycle/forecast?per=week",
        "/v1/segments/lifecycle/forecast?days=0", "/v1/segments/lifecycle/forecast?days=0&per=hour", "/v1/segments/lifecycle/value?window=x",
        "/v1/segments/lifecycle/migration", "/v1/segments/lifecycle/migration?from=x", "/v1/segments/lifecycle/migration?from=2026-01-01&to=2999-01-01",
        "/v1/segments/lifecycle/migration?from=2020-01-02&to=2020-01-01", "/v1/segments/lifecycle/export?format=x",
        "/v1/segments/lifecycle/export?bom=x", "/v1/segments/lifecycle/export?layer=none", "/v1/segments/lifecycle/export?columns=none",
        "/v1/segments/lifecycle/export?columns=orders(x)", "/v1/segments/lifecycle/export?columns=favouriteSeason(x)",
        "/v1/segments/lifecycle/export?columns=favouriteSeason(1d,2d)", "/v1/segments/lifecycle/export?columns=orders(90d",
        "/v1/segments/lifecycle/export?columns=layer.none", "/v1/segments/lifecycle/export?columns=since,since",
    ];

    [Theory]
    [MemberData(nameof(Parameters))]
    public Task NameAWrongParameter(string path) => ShouldAnswer(HttpMethod.Get, path, HttpStatusCode.BadRequest);

    [Fact]
    public Task NameTooManyColumns() => ShouldAnswer(
        HttpMethod.Get,
        $"/v1/segments/lifecycle/export?columns={string.Join(',', Enumerable.Range(1, 100).Select(days => $"orders({days}d)"))}",
        HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("/v1/customers/nobody")]
    [InlineData("/v1/customers/nobody/transitions")]
    [InlineData("/v1/customers?id=nobody")]
    [InlineData("/v1/segments/none")]
    [InlineData("/v1/segments/none/export")]
    [InlineData("/v1/rulebooks/99")]
    public Task NameWhatDoesNotExist(string path) => ShouldAnswer(HttpMethod.Get, path, HttpStatusCode.NotFound);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"replace":[""")]
    [InlineData("""{"repalce":[]}""")]
    [InlineData("""{"replace":[],"replace":[]}""")]
    [InlineData("""{"replace":5}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("{}")]
    [InlineData("""{"replace":[null]}""")]
    [InlineData("""{"replace":[{"yaml":"a: b"}]}""")]
    [InlineData("""{"replace":[{"file":"x.yaml"}]}""")]
    [InlineData("""{"remove":[""]}""")]
    [InlineData("""{"remove":["none"]}""")]
    [InlineData("""{"replace":[{"file":"x.yaml","yaml":"tags: 5"},{"file":"x.yaml","yaml":"tags: 6"}]}""")]
    [InlineData("""{"replace":[{"file":"x.yaml","yaml":"audience: a"},{"file":"y.yaml","yaml":"audience: a"}]}""")]
    [InlineData(Broken)]
    public Task NameAWrongBody(string body) => ShouldAnswer(HttpMethod.Post, "/v1/rulebooks", HttpStatusCode.BadRequest, body, Json);

    [Fact]
    public async Task NameTooLongTexts()
    {
        await ShouldAnswer(HttpMethod.Post, $"/v1/rulebooks/1/publish?author={new string('a', 201)}", HttpStatusCode.BadRequest);
        await ShouldAnswer(HttpMethod.Post, $"/v1/rulebooks/1/publish?note={new string('n', 2001)}", HttpStatusCode.BadRequest);
        var files = string.Join(',', Enumerable.Repeat("""{"file":"x.yaml","yaml":"a"}""", 1_000));
        await ShouldAnswer(HttpMethod.Post, "/v1/rulebooks", HttpStatusCode.BadRequest, $$"""{"files":[{{files}}]}""", Json);
    }

    [Theory]
    [InlineData("/v1/schemes/backtest", "{}")]
    [InlineData("/v1/schemes/backtest", """{"from":"x"}""")]
    [InlineData("/v1/schemes/backtest", """{"from":"2020-01-01","to":"2999-01-01"}""")]
    [InlineData("/v1/schemes/backtest", """{"from":"2020-01-02","to":"2020-01-01"}""")]
    [InlineData("/v1/schemes/backtest", """{"from":"2020-01-01","every":"x"}""")]
    [InlineData("/v1/schemes/backtest", """{"from":"2020-01-01","every":"1m"}""")]
    [InlineData("/v1/schemes/preview?schemes=none", """{"replace":[]}""")]
    public Task NameAWrongPreview(string path, string body) => ShouldAnswer(HttpMethod.Post, path, HttpStatusCode.BadRequest, body, Json);

    [Theory]
    [InlineData("/v1/baselines/refreeze", HttpStatusCode.BadRequest)]
    [InlineData("/v1/baselines/refreeze?scheme=none", HttpStatusCode.BadRequest)]
    [InlineData("/v1/baselines/refreeze?scheme=lifecycle", HttpStatusCode.Conflict)]
    [InlineData("/v1/baselines/refreeze?scheme=rfm8", HttpStatusCode.Conflict)]
    public Task NameAWrongRefreeze(string path, HttpStatusCode status) => ShouldAnswer(HttpMethod.Post, path, status);

    [Fact]
    public Task NameAMissingContentType() => ShouldAnswer(HttpMethod.Post, "/v1/rulebooks", HttpStatusCode.UnsupportedMediaType, "{}");

    [Fact]
    public async Task NameTheRulebookThatRemovedAScheme()
    {
        using var removed = await server.Send(HttpMethod.Post, "/v1/rulebooks", """{"remove":["gender"]}""", Json);
        removed.StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldAnswer(HttpMethod.Get, "/v1/segments/gender", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/x-ndjson")]
    [InlineData("text/html")]
    public async Task AreInTheLanguageOfARequestThatAcceptsNoJson(string accepted)
    {
        await BothLanguages.ShouldAnswer(
            language => Send(HttpMethod.Get, "/v1/segments/lifecycle/export?format=x", language, headers: ("Accept", accepted)),
            HttpStatusCode.BadRequest);
        await BothLanguages.ShouldAnswer(
            language => Send(HttpMethod.Post, "/v1/schemes/preview", language, Broken, Json, ("Accept", accepted)), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task OfAspNetCoreSayWhatToChange()
    {
        await ShouldSay("/v1/none", HttpMethod.Get, "没有地址 /v1/none；所有地址见 /openapi/v1.json。", "There is no /v1/none; /openapi/v1.json lists all addresses.");
        await ShouldSay("/v1/audit", HttpMethod.Put, "请求方法是 PUT；请改为 POST。", "The method is PUT; use POST.");
        foreach (var path in (string[])["/v1/rulebooks", "/v1/schemes/lint", "/v1/schemes/preview", "/v1/schemes/backtest"])
        {
            await ShouldSay(
                path,
                HttpMethod.Post,
                "请求的内容类型是“application/xml”；请改为 application/json。",
                "The content type is 'application/xml'; set it to application/json.",
                "application/xml");
        }
    }

    private async Task ShouldSay(string path, HttpMethod method, string zh, string en, string? type = null)
    {
        foreach (var (language, detail) in ((string Language, string Detail)[])[("zh-CN", zh), ("en", en)])
        {
            using var answer = await Send(method, path, language, type is null ? null : "{}", type);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            problem.GetProperty("detail").GetString().ShouldBe(detail);
        }
    }

    [Fact]
    public async Task AreWrittenWithoutEscapes()
    {
        using var answer = await Send(HttpMethod.Get, "/v1/transitions?limit=0", "zh");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldContain("\"title\":\"参数“limit”有误\"");
        text.ShouldContain("\"detail\":\"limit 的值是“0”；请填写 1 到 1000 的整数。\"");
    }

    private Task ShouldAnswer(HttpMethod method, string path, HttpStatusCode status, string? body = null, string? type = null) =>
        BothLanguages.ShouldAnswer(language => Send(method, path, language, body, type), status);

    private Task<HttpResponseMessage> Send(
        HttpMethod method, string path, string? language, string? body = null, string? type = null, params (string Name, string Value)[] headers) =>
        server.Send(method, path, body, type, language is null ? headers : [.. headers, ("Accept-Language", language)]);
}
