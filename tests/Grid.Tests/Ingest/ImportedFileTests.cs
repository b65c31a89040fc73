using System.Net;
using System.Text;
using System.Text.Json;
using Grid.Ledger;
using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Files of calls or orders, of any size.</summary>
public sealed class ImportedFileTests
{
    private const string Header = "customer_id,order_id,occurred_at,amount,quantity,category,kind\n";

    [Fact]
    public async Task OfCallsIsTakenLineByLine()
    {
        await using var application = await IngestApplication.Start();
        var page = """{"type":"page","userId":"u1","messageId":"m1","sentAt":"2020-01-01T00:00:00Z","timestamp":"2019-12-31T00:00:00Z"}""";
        var answer = await Import(application, string.Join('\n', page, page, "", "{\"type\":", page + " x", "{}", new string('x', 40_000), page));

        Sums(answer).ShouldBe((1, 2, 4));
        answer.GetProperty("firstRejections").EnumerateArray()
            .Select(each => (each.GetProperty("line").GetInt32(), each.GetProperty("reason").GetString()![..15])).ShouldBe(
                [(4, "unreadable JSON"), (5, "unreadable JSON"), (6, "userId and anon"), (7, "the line has 40")]);
        application.Grains.FactsOf("u1").First().At.ToString().ShouldBe("2019-12-31T00:00:00.000Z");
        var rejects = await application.Rejects();
        rejects.Count.ShouldBe(4);
        rejects[2].Place.ShouldBe("line 6, $");
        Encoding.UTF8.GetString(rejects[2].Raw).ShouldBe("{}");
        application.Gate.EventsInFlight.ShouldBe(0);
        application.Gate.BytesInFlight.ShouldBe(0);
    }

    [Fact]
    public async Task OfCallsMayBeLongAndInGzip()
    {
        await using var application = await IngestApplication.Start();
        var lines = new StringBuilder();
        for (var number = 0; number < 12_345; number++)
            lines.Append($$"""{"type":"page","userId":"u{{number % 100}}","messageId":"m{{number}}"}""").Append("\r\n");
        using var response = await application.Post(
            "/v1/import", IngestApplication.Gzip(Encoding.UTF8.GetBytes(lines.ToString())), "application/x-ndjson", "gzip");

        Sums(await IngestApplication.Json(response)).ShouldBe((12_345, 0, 0));
        application.Grains.FactsOf("u7").Count().ShouldBe(124);
    }

    [Fact]
    public async Task OfCallsWithAnEndlessLineStaysBounded()
    {
        await using var application = await IngestApplication.Start();
        var page = """{"type":"page","userId":"u1"}""";
        var answer = await Import(application, $"{page}\n{new string('x', 3_000_000)}\n{page}");
        Sums(answer).ShouldBe((2, 0, 1));
        answer.GetProperty("firstRejections")[0].GetProperty("line").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task OfOrdersIsTaken()
    {
        await using var application = await IngestApplication.Start();
        var answer = await Import(
            application,
            "\uFEFF" + Header + "00004,cs1,1997-01-01T00:00:00Z,2933,2,cd,sale\n\"Mc, Lin\",cs2,1997-01-02,0,,,\n"
            + "00004,cs1,1997-02-01,100,1,,refund\n00004,cs9,1997-02-01,,1,,refund\n00004,cs1,1997-03-01,,,,cancellation\n",
            "text/csv");

        Sums(answer).ShouldBe((5, 0, 0));
        var facts = application.Grains.FactsOf("00004").ToList();
        facts[0].ShouldBeOfType<OrderPaid>().ShouldSatisfyAllConditions(
            order => order.OrderId.ShouldBe("cs1"),
            order => order.Amount.ShouldBe(2933),
            order => order.Quantity.ShouldBe(2),
            order => order.Category.ShouldBe("cd"),
            order => order.At.ToString().ShouldBe("1997-01-01T00:00:00.000Z"));
        facts[1].ShouldBeOfType<OrderRefunded>().Amount.ShouldBe(100);
        facts[2].ShouldBeOfType<OrderRefunded>().Amount.ShouldBeNull();
        facts[3].ShouldBeOfType<OrderCancelled>();
        application.Grains.FactsOf("Mc, Lin").Single().ShouldBeOfType<OrderPaid>().Category.ShouldBeNull();
    }

    public static TheoryData<string, string> Rows { get; } = new()
    {
        { ",o,2020-01-01,1,1,,sale", "a customer id is empty" },
        { "u,,2020-01-01,1,1,,sale", "order_id: it is empty" },
        { "u,o,soon,1,1,,sale", "occurred_at: it is no ISO 8601 instant" },
        { "u,o,2099-01-01,1,1,,sale", "occurred_at: it occurred more than 24 hours in the future: 2099-01-01T00:00:00.000Z" },
        { "u,o,2020-01-01,1.5,1,,sale", "amount: it is no whole number of minor units" },
        { "u,o,2020-01-01,,1,,sale", "amount: it is no whole number of minor units" },
        { "u,o,2020-01-01,-1,1,,sale", "amount: the amount is negative" },
        { "u,o,2020-01-01,1000000000001,1,,sale", "amount: the amount is larger than 1000000000000 minor units" },
        { "u,o,2020-01-01,1,few,,sale", "quantity: it is no whole number of 0 to 1000000" },
        { "u,o,2020-01-01,1,1,,gift", "kind: it is unknown; expected sale, refund or cancellation" },
        { "u,o,2020-01-01,1", "the row has 4 columns, the header has 7" },
        { "u,o,2020-01-01,1,1,\"tea,sale", "a quote is not closed" },
        { "u,o,2020-01-01,1,1,t\"ea,sale", "a quote is not allowed here" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task OfOrdersWithAWrongRowTakesTheOthers(string row, string reason)
    {
        await using var application = await IngestApplication.Start();
        var answer = await Import(application, $"{Header}a,1,2020-01-01,5,1,,sale\n{row}\nb,2,2020-01-01,5,1,,sale\n", "text/csv");
        Sums(answer).ShouldBe((2, 0, 1));
        var rejection = answer.GetProperty("firstRejections")[0];
        rejection.GetProperty("line").GetInt32().ShouldBe(3);
        rejection.GetProperty("reason").GetString().ShouldBe(reason);
        Encoding.UTF8.GetString((await application.Rejects()).Single().Raw).ShouldBe(row);
    }

    [Fact]
    public async Task OfOrdersWithInvalidUtf8TakesTheOtherRows()
    {
        await using var application = await IngestApplication.Start();
        byte[] body = [.. Encoding.UTF8.GetBytes(Header + "a,1,2020-01-01,5,1,"), 0xFF, .. ",sale\nb,2,2020-01-01,5,1,,sale\n"u8];
        using var response = await application.Post("/v1/import", body, "text/csv");
        var answer = await IngestApplication.Json(response);
        Sums(answer).ShouldBe((1, 0, 1));
        answer.GetProperty("firstRejections")[0].GetProperty("reason").GetString().ShouldBe("the row is not valid UTF-8");
    }

    [Theory]
    [InlineData("customer_id,amount\nu,1\n", "missing columns: order_id, occurred_at", "line 1")]
    [InlineData("customer_id,order_id,occurred_at,amount,amount\n", "column 'amount' is there twice", "line 1")]
    public async Task OfOrdersWithAWrongHeaderIs400(string csv, string reason, string place)
    {
        await using var application = await IngestApplication.Start();
        using var response = await application.Post("/v1/import", Encoding.UTF8.GetBytes(csv), "text/csv");
        await PostedCallsTests.ShouldBeProblem(response, HttpStatusCode.BadRequest, place);
        (await IngestApplication.Json(response)).GetProperty("detail").GetString().ShouldNotBeNull().ShouldStartWith(reason);
    }

    [Fact]
    public async Task OfAnotherTypeIs415()
    {
        await using var application = await IngestApplication.Start();
        using var response = await application.Post("/v1/import", "x"u8.ToArray(), "application/xml");
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task AskedStrictlyTellsEachLine()
    {
        await using var application = await IngestApplication.Start();
        var page = """{"type":"page","userId":"u1","messageId":"m1"}""";
        using var response = await application.Post("/v1/import?strict=true", Encoding.UTF8.GetBytes($"{page}\n{page}\n7\n"), "application/x-ndjson");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Take(3).Select(line => line.GetProperty("outcome").GetString()).ShouldBe(["accepted", "duplicate", "rejected"]);
        lines.Take(3).Select(line => line.GetProperty("line").GetInt32()).ShouldBe([1, 2, 3]);
        Sums(lines[3]).ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task ThatFindsTheLedgerAwayTellsWhatWasTaken()
    {
        await using var application = await IngestApplication.Start();
        application.Grains.Before = customer =>
            customer == "u1500" ? throw new LedgerException(FailureKind.Temporary, "busy") : Task.CompletedTask;
        var lines = string.Join('\n', Enumerable.Range(0, 2_000).Select(number => $$"""{"type":"page","userId":"u{{number}}"}"""));
        using var response = await application.Post("/v1/import", Encoding.UTF8.GetBytes(lines), "application/x-ndjson");
        await PostedCallsTests.ShouldBeProblem(response, HttpStatusCode.ServiceUnavailable, null);
        (await IngestApplication.Json(response)).GetProperty("detail").GetString().ShouldNotBeNull()
            .ShouldEndWith("taken before: 1000 accepted, 0 duplicate, 0 rejected");
        application.Gate.EventsInFlight.ShouldBe(0);
    }

    private static async Task<JsonElement> Import(IngestApplication application, string body, string type = "application/x-ndjson")
    {
        using var response = await application.Post("/v1/import", Encoding.UTF8.GetBytes(body), type);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await IngestApplication.Json(response);
    }

    private static (int Accepted, int Duplicate, int Rejected) Sums(JsonElement answer) => (
        answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicate").GetInt32(), answer.GetProperty("rejected").GetInt32());
}
