using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Schema;
using Grid.Api;
using Grid.Api.Backtests;
using Grid.Api.Rulebooks;
using Grid.Tests.Api;
using Shouldly;
using Xunit;

namespace Grid.Tests.Rulebooks;

/// <summary>Bodies with obvious mistakes, sent to every endpoint that takes the files of a rulebook.</summary>
public sealed class MistakenRequestTests
{
    private const string Dup = """audience: dup\nname: { zh: 双, en: Twice }\nwhen: orders >= 1\n""";

    private static readonly string[] Takers = ["/v1/rulebooks", "/v1/schemes/lint", "/v1/schemes/preview", "/v1/schemes/backtest"];

    /// <summary>The body, the place in the answer, and the text of the mistake.</summary>
    private static readonly (string Body, string Place, string Said)[] Mistakes =
    [
        ("""{"replace":[{"file":"x.yaml"}]}""", "replace[0].yaml", "missing"),
        ("""{"replace":[{"file":"x.yaml","yaml":null}]}""", "replace[0].yaml", "missing"),
        ("""{"replace":[{"yaml":"a: b"}]}""", "replace[0].file", "missing"),
        ("""{"replace":[{"file":" ","yaml":"a: b"}]}""", "replace[0].file", "blank"),
        ("""{"replace":[null]}""", "replace[0]", "null"),
        ("""{"files":[{"file":"x.yaml"}]}""", "files[0].yaml", "missing"),
        ("""{"remove":[null]}""", "remove[0]", "blank"),
        ("""{"foo":1}""", "foo", "replace"),
        ("""{"repalce":[]}""", "repalce", "replace"),
        ("""{"replace":[{"file":"x.yaml","yml":"a: b"}]}""", "replace[0].yml", "yaml"),
        ("""{"replace":[],"Replace":[]}""", "Replace", "twice"),
        ("""{"replace":{}}""", "replace", "wrong type"),
        ("""{"replace":[{"file":5,"yaml":"a: b"}]}""", "replace[0].file", "wrong type"),
        ("""{"replace":[""", "1:13", "no JSON"),
        ("", "1:1", "no JSON"),
        ("null", "$", "no JSON object"),
        ("[]", "$", "no JSON object"),
        ("""{"remove":["\ud800"]}""", "remove[0]", "wrong type"),
        ("""{"\ud800":1}""", "$", "no JSON"),
        ($$"""{"replace":[{"file":"one.yaml","yaml":"{{Dup}}"},{"file":"two.yaml","yaml":"{{Dup}}"}]}""", "replace[1]", "'one.yaml' and 'two.yaml'"),
        ("""{"replace":[{"file":"one.yaml","yaml":"tags: 5"},{"file":"one.yaml","yaml":"tags: 6"}]}""", "replace[1].file", "same name"),
    ];

    [Fact]
    public async Task IsRefusedWithItsPlaceWhereverItIsSent()
    {
        await using var grid = await GridApplication.Start();
        foreach (var taker in Takers)
            foreach (var (body, place, said) in Mistakes)
                await ShouldBeRefused(grid, taker, body, place, said);
    }

    [Fact]
    public async Task ThatNamesNoFilesIsRefusedButForABacktest()
    {
        await using var grid = await GridApplication.Start();
        foreach (var taker in Takers[..3]) await ShouldBeRefused(grid, taker, """{"files":null}""", "replace", "names no files");

        (await Send(grid, Takers[3], $$"""{"from":"{{grid.Now}}"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Send(grid, Takers[1], """{"replace":[]}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WithATooLongAuthorOrNoteIsRefused()
    {
        await using var grid = await GridApplication.Start();
        var (author, note) = (new string('a', ApiLimits.AuthorLengthMax), new string('n', ApiLimits.NoteLengthMax));
        await ShouldBeRefused(grid, Takers[0], $$"""{"replace":[],"author":"{{author}}a"}""", "author", "201");
        await ShouldBeRefused(grid, Takers[0], $$"""{"replace":[],"note":"{{note}}n"}""", "note", "2001");
        await ShouldBeRefused(grid, $"/v1/rulebooks/1/publish?author={author}a", string.Empty, "author", "201");
        await ShouldBeRefused(grid, $"/v1/rulebooks/1/publish?note={note}n", string.Empty, "note", "2001");

        (await Send(grid, Takers[0], $$"""{"replace":[],"author":"{{author}}","note":"{{note}}"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void NeedsNoKeyThatMayBeLeftOut()
    {
        foreach (var type in new[] { typeof(RulebookRequest), typeof(BacktestRequest) })
        {
            var schema = ApiJson.Default.Options.GetJsonSchemaAsNode(type).AsObject();
            schema.ContainsKey("required").ShouldBeFalse($"{schema}");
            schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        }
    }

    private static async Task ShouldBeRefused(GridApplication grid, string taker, string body, string place, string said)
    {
        var answer = await Send(grid, taker, body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{taker} {body}: {text}");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        problem.Text("place").ShouldBe(place, $"{taker} {body}: {text}");
        problem.Text("detail").ShouldContain(said, Case.Sensitive, $"{taker} {body}");
    }

    private static async Task<HttpResponseMessage> Send(GridApplication grid, string taker, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await grid.Http.PostAsync(taker, content, TestContext.Current.CancellationToken);
    }
}
