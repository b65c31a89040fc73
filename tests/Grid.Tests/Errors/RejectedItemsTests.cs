using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grid.Ledger;
using Grid.Model;
using Shouldly;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>The reasons of single rejected items and of parts that were left out, in the language of the request.</summary>
public sealed class RejectedItemsTests
{
    private const string Json = "application/json";
    private const string Csv = "text/csv";
    private const string Columns = "customer_id,order_id,occurred_at,amount,quantity,category,kind";

    /// <summary>One call or row of each kind that is rejected, with the reason in both languages.</summary>
    private static readonly (string Call, string Zh, string En)[] Calls =
    [
        (Track("Points Redeemed", """{"points":60}"""), "要兑换 60 积分，但用户只有 0 积分", "60 points were to be redeemed, but the customer has 0"),
        (Track("Order Completed", """{"total":1}"""), "order_id：缺少这一项", "order_id: it is missing"),
        (Track("Order Completed", """{"order_id":"o","total":[1]}"""), "total：类型是数组，应为金额", "total: it is an array, expected an amount"),
        (Track("Order Completed", """{"order_id":"o","total":-1}"""), "total：金额为负", "total: the amount is negative"),
        (Track("Order Completed", """{"order_id":"null","total":1}"""),
            "order_id：“null”是缺少 ID 时的占位文字，不是 ID", "order_id: 'null' is a placeholder for a missing id"),
        (Track("Danced", "{}"), "event：没有这个事件名的映射；请核对事件名或映射文件", "event: event name is not mapped"),
        ("7", "这个调用是数字，应为对象", "the call is a number, expected an object"),
        ("""{"type":"page"}""", "缺少 userId 和 anonymousId；请至少提供一个", "userId and anonymousId are both missing"),
        ("""{"type":"page","userId":"a\u202eb"}""", "userId：含有不可见字符 U+202E", "userId: it contains the invisible character U+202E"),
        ("""{"type":"page","userId":"u1","timestamp":"1899-01-01"}""",
            "发生时间早于 1900-01-01T00:00:00.000Z：1899-01-01T00:00:00.000Z", "it occurred before 1900-01-01T00:00:00.000Z: 1899-01-01T00:00:00.000Z"),
    ];

    private static readonly (string Row, string Zh, string En)[] Rows =
    [
        ("u1,o,x,5,,,", "occurred_at：不是 ISO 8601 时间", "occurred_at: it is no ISO 8601 instant"),
        ("u1,o,2026-01-02,5.00,,,", "amount：写成了主货币单位；csv 里的金额是以最小货币单位计的整数",
            "amount: it is written in major units; csv amounts are whole numbers of minor units"),
        ("u1,o,2026-01-02,5,-1,,", "quantity：不是 0 到 1000000 的整数", "quantity: it is no whole number of 0 to 1000000"),
        ("u1,o,2026-01-02,5,,,gift", "kind：没有这一类；应为 sale、refund 或 cancellation", "kind: it is unknown; expected sale, refund or cancellation"),
        ("undefined,o,2026-01-02,5,,,", "“undefined”是缺少 ID 时的占位文字，不是 ID", "'undefined' is a placeholder for a missing id"),
        ("u1,o,2026-01-02", "这一行有 3 列，表头有 7 列", "the row has 3 columns, the header has 7"),
        ("\"u1,o", "引号没有闭合", "a quote is not closed"),
    ];

    [Fact]
    public async Task OfABatchAreInTheLanguageOfTheRequest()
    {
        await using var grid = await GridApplication.Start();
        foreach (var isChinese in (bool[])[true, false])
        {
            var answer = await Batch(grid, isChinese, [.. Calls.Select(call => call.Call)]);
            Reasons(answer.GetProperty("items")).ShouldBe(Calls.Select(call => isChinese ? call.Zh : call.En));
        }

        var stored = Calls.Concat(Calls).ToList();
        Reasons(await Rejects(grid, "zh-CN,zh;q=0.9")).ShouldBe(stored.Select(call => call.Zh), ignoreOrder: true);
        Reasons(await Rejects(grid, "en")).ShouldBe(stored.Select(call => call.En), ignoreOrder: true);
    }

    [Fact]
    public async Task OfOneCallAndOfAnImportAreInTheLanguageOfTheRequest()
    {
        await using var grid = await GridApplication.Start();
        var call = await Post(grid, "/v1/track?strict=true", "zh-CN", Calls[1].Call, Json);
        call.GetProperty("items")[0].GetProperty("reason").GetString().ShouldBe(Calls[1].Zh);

        var file = $"{Columns}\n{string.Join('\n', Rows.Select(row => row.Row))}\n";
        var summary = await Post(grid, "/v1/import", "zh-CN", file, Csv);
        Reasons(summary.GetProperty("firstRejections")).ShouldBe(Rows.Select(row => row.Zh));
        Reasons((await Post(grid, "/v1/import", "en", file, Csv)).GetProperty("firstRejections")).ShouldBe(Rows.Select(row => row.En));

        using var lines = await Send(grid, "/v1/import?strict=true", "zh-CN", file, Csv);
        lines.Content.Headers.ContentLanguage.ShouldBe(["zh-CN"]);
        var text = await lines.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var row in Rows) text.ShouldContain($"\"reason\":\"{row.Zh}\"");
        foreach (var line in (string[])["{\"type\":", "[]", "7"])
        {
            var unreadable = await Post(grid, "/v1/import", "zh-CN", line, "application/x-ndjson");
            unreadable.GetProperty("firstRejections")[0].GetProperty("reason").GetString().ShouldNotBeNull().ShouldMatch(@"^(JSON 无法读取|请求体)");
        }
    }

    [Fact]
    public async Task OfTheOrdersAndAttributesOfACustomerAreInTheLanguageOfTheRequest()
    {
        await using var grid = await GridApplication.Start();
        var first = Track("Order Completed", """{"order_id":"o1","total":10}""", "2026-01-01T00:00:00Z");
        var later = Track("Order Completed", """{"order_id":"o1","total":20}""", "2026-01-02T00:00:00Z");
        await Batch(grid, isChinese: true, first);
        (await Batch(grid, isChinese: true, later)).GetProperty("items")[0].GetProperty("reason").GetString().ShouldBe(
            "订单“o1”已有另一内容：1000 最小货币单位，时间 2026-01-01T00:00:00.000Z；这次是 2000，时间 2026-01-02T00:00:00.000Z；以较早的为准");
        var earlier = Track("Order Completed", """{"order_id":"o1","total":5}""", "2025-12-31T00:00:00Z");
        var replaced = (await Batch(grid, isChinese: true, earlier)).GetProperty("items")[0];
        replaced.GetProperty("leftOut")[0].GetProperty("reason").GetString().ShouldBe(
            "订单“o1”原有另一内容：1000 最小货币单位，时间 2026-01-01T00:00:00.000Z；这次的时间更早，以这次为准");

        string[] tags = [.. Enumerable.Range(0, Limits.TagsMax + 1).Select(number => Track("Tag Added", $$"""{"tag":"t{{number}}"}"""))];
        var full = (await Batch(grid, isChinese: true, tags)).GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("outcome").GetString() == "rejected").ToList();
        full.ShouldHaveSingleItem().GetProperty("reason").GetString().ShouldBe("用户已有 256 个标签，达到上限");
    }

    [Fact]
    public async Task OfPartsThatWereLeftOutAreInTheLanguageOfTheRequest()
    {
        await using var grid = await GridApplication.Start();
        var traits = string.Join(',', Enumerable.Range(0, 20).Select(number => $"\"t{number}\":[1]"));
        var identify = $$$"""{"type":"identify","userId":"u1","traits":{"birthday":"soon",{{{traits}}}}}""";
        var left = (await Batch(grid, isChinese: true, identify)).GetProperty("items")[0].GetProperty("leftOut");
        left[0].GetProperty("reason").GetString().ShouldBe("birthday：未采用：不是 1990-02-28 这样的日期");
        left[1].GetProperty("reason").GetString().ShouldBe("t0：未采用：类型是数组，应为文本、数字或布尔值");
        left[15].GetProperty("reason").GetString().ShouldBe("t14：未采用：类型是数组，应为文本、数字或布尔值（此调用的其余部分不再列出）");
        Reasons(await Rejects(grid, "zh")).ShouldBe(Reasons(left), ignoreOrder: true);
    }

    [Fact]
    public async Task OfEarlierAndLaterBuildsAreShown()
    {
        await using var grid = await GridApplication.Start();
        foreach (var reason in (string[])["total: the amount is negative", "total: it is no prime"])
            await grid.Ledger.Reject([new Reject(grid.Now, "c1", null, reason, "$", Encoding.UTF8.GetBytes("{}"))]);
        Reasons(await Rejects(grid, "zh")).ShouldBe(["total：金额为负", "total: it is no prime"]);
        Reasons(await Rejects(grid, "en")).ShouldBe(["total: the amount is negative", "total: it is no prime"]);
    }

    private static string Track(string name, string properties, string? at = null) =>
        $$"""{"type":"track","userId":"u1","event":"{{name}}"{{(at is null ? "" : $",\"timestamp\":\"{at}\"")}},"properties":{{properties}}}""";

    private static IEnumerable<string?> Reasons(JsonElement items) => items.EnumerateArray().Select(item => item.GetProperty("reason").GetString());

    private static Task<JsonElement> Batch(GridApplication grid, bool isChinese, params string[] calls) =>
        Post(grid, "/v1/batch?strict=true", isChinese ? "zh-CN" : "en", $$"""{"batch":[{{string.Join(',', calls)}}]}""", Json);

    private static async Task<JsonElement> Post(GridApplication grid, string path, string language, string body, string type)
    {
        using var answer = await Send(grid, path, language, body, type);
        answer.Content.Headers.ContentLanguage.ShouldBe([language]);
        answer.Headers.Vary.ShouldContain("Accept-Language");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<HttpResponseMessage> Send(GridApplication grid, string path, string language, string body, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return grid.Http.SendAsync(request);
    }

    private static async Task<JsonElement> Rejects(GridApplication grid, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/rejects?limit=1000");
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var answer = await grid.Http.SendAsync(request);
        answer.Headers.Vary.ShouldContain("Accept-Language");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
    }
}
