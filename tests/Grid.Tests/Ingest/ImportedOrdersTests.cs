using System.Text;
using System.Text.Json;
using Grid.Model;
using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>What the rows of an imported csv mean: money, times without a zone, and which rows are the same.</summary>
public sealed class ImportedOrdersTests
{
    private const string Header = "customer_id,order_id,occurred_at,amount,kind\n";

    /// <summary>Two files; all rows of the second are rows of the first, written in another way.</summary>
    public static TheoryData<string, string, string> SameRows => new()
    {
        { "columns in another order", Header + "u,o,2020-01-02T00:00:00Z,500,refund\n",
            "kind,amount,occurred_at,order_id,customer_id\nrefund,500,2020-01-02T00:00:00Z,o,u\n" },
        { "one more column", Header + "u,o,2020-01-02T00:00:00Z,500,refund\n",
            "customer_id,order_id,occurred_at,amount,kind,channel,clerk\nu,o,2020-01-02T00:00:00Z,500,refund,shop,Ann\n" },
        { "one column less", Header + "u,o,2020-01-02T00:00:00Z,500,sale\n", "customer_id,order_id,occurred_at,amount\nu,o,2020-01-02T00:00:00Z,500\n" },
        { "quotes", Header + "u,o,2020-01-02T00:00:00Z,500,refund\n", Header + "\"u\",\"o\",\"2020-01-02T00:00:00Z\",\"500\",\"refund\"\n" },
        { "another zone", Header + "u,o,2020-01-02T00:00:00Z,500,refund\n", Header + "u,o,2020-01-02T08:00:00+08:00,500,refund\n" },
        { "a number of a spreadsheet", Header + "u,o,2020-01-02T00:00:00Z,500,refund\n", Header + "u,o,2020-01-02 00:00,500.0,refund\n" },
        { "the rest of an order", Header + "u,o,2020-01-02,,refund\n", "customer_id,order_id,occurred_at,kind,amount\nu,o,2020-01-02,refund,\n" },
        { "a cancellation", Header + "u,o,2020-01-02,,cancellation\n", Header + "u,o,2020-01-02T00:00:00.000Z,7,cancellation\n" },
        { "twice in one file", Header + "u,o,2020-01-02,5,refund\n", Header + "u,o,2020-01-02,5,refund\nu,o,2020-01-02,5,refund\n" },
    };

    [Theory]
    [MemberData(nameof(SameRows))]
    public async Task AreKnownByTheirMeaning(string how, string first, string second)
    {
        await using var application = await IngestApplication.Start();
        Outcomes(await Import(application, first)).ShouldBe((1, 0, 0), how);
        Outcomes(await Import(application, second)).ShouldBe((0, second.Split('\n').Length - 2, 0), how);
    }

    [Theory]
    [InlineData("u,o,2020-01-02,501,refund")]
    [InlineData("u,o,2020-01-02,,refund")]
    [InlineData("u,o,2020-01-02T00:00:00.001Z,500,refund")]
    [InlineData("u,o2,2020-01-02,500,refund")]
    [InlineData("v,o,2020-01-02,500,refund")]
    public async Task OfAnotherMeaningAreOthers(string row)
    {
        await using var application = await IngestApplication.Start();
        Outcomes(await Import(application, $"{Header}u,o,2020-01-02,500,refund\n{row}\n")).ShouldBe((2, 0, 0));
    }

    [Theory]
    [InlineData("JPY", 0, "1500", "1500", 1_500)]
    [InlineData("JPY", 0, "1500.0", "1500.00", 1_500)]
    [InlineData("KRW", 0, "1998.9999999999998", "1998.9999999999998", 1_999)]
    [InlineData("CNY", 2, "1500", "15", 1_500)]
    [InlineData("CNY", 2, "1999", "19.989999999999998", 1_999)]
    [InlineData("KWD", 3, "1500", "1.5", 1_500)]
    [InlineData("CLF", 4, "15000", "1.5", 15_000)]
    public async Task HaveTheAmountsOfCalls(string code, int decimals, string csv, string call, long amount)
    {
        await using var application = await IngestApplication.Start(options => options.Currency = new Currency(code, decimals));
        Outcomes(await Import(application, $"{Header}u,o,2020-01-02,{csv},sale\n")).ShouldBe((1, 0, 0));
        using var response = await application.Post("/v1/track", Order(call));
        application.Grains.FactsOf("u").Cast<OrderPaid>().Select(order => order.Amount).ShouldBe([amount, amount]);
    }

    [Theory]
    [InlineData("JPY", 0, "1500.5", "1500.5")]
    [InlineData("VND", 0, "0.01", "0.01")]
    [InlineData("CNY", 2, "1500.5", "15.005")]
    [InlineData("KWD", 3, "1500.25", "1.50025")]
    [InlineData("CNY", 2, "15.00", "15.001")]
    [InlineData("KWD", 3, "1.500", "1.5001")]
    public async Task OfMoreDecimalsThanTheCurrencyAreRejectedLikeCalls(string code, int decimals, string csv, string call)
    {
        await using var application = await IngestApplication.Start(options => options.Currency = new Currency(code, decimals));
        Outcomes(await Import(application, $"{Header}u,o,2020-01-02,{csv},sale\n")).ShouldBe((0, 0, 1));
        using var response = await application.Post("/v1/track?strict=true", Order(call));
        (await response.Content.ReadAsStringAsync()).ShouldContain("the amount has more decimals than the currency");
    }

    /// <summary>A zone, a time as csv has it, and the instant.</summary>
    [Theory]
    [InlineData("Asia/Shanghai", "2026-01-02 09:30", "2026-01-02T01:30:00.000Z")]
    [InlineData("Asia/Shanghai", "2026-01-02", "2026-01-01T16:00:00.000Z")]
    [InlineData("Asia/Kolkata", "2026-01-02T00:10:00", "2026-01-01T18:40:00.000Z")]
    [InlineData("Asia/Shanghai", "2026-01-02T09:30:00Z", "2026-01-02T09:30:00.000Z")]
    [InlineData("Asia/Shanghai", "2026-01-02T09:30:00-05:00", "2026-01-02T14:30:00.000Z")]
    [InlineData("America/New_York", "2026-03-08T02:30:00", "2026-03-08T07:30:00.000Z")]
    [InlineData("America/New_York", "2025-11-02T01:30:00", "2025-11-02T05:30:00.000Z")]
    [InlineData("Europe/Berlin", "2026-03-29T02:00:00", "2026-03-29T01:00:00.000Z")]
    [InlineData("Australia/Lord_Howe", "2025-10-05T02:15:00", "2025-10-04T15:45:00.000Z")]
    [InlineData("UTC", "2026-01-02 09:30", "2026-01-02T09:30:00.000Z")]
    [InlineData("Asia/Shanghai", "1900-01-02", "1900-01-01T15:54:17.000Z")]
    public async Task AreDatedByTheWallClockOfTheirZone(string zone, string time, string instant)
    {
        await using var application = await IngestApplication.Start();
        var answer = await Import(application, $"{Header}u,o,{time},5,sale\n", $"?zone={Uri.EscapeDataString(zone)}");
        application.Grains.FactsOf("u").Single().At.ToString().ShouldBe(instant);
        answer.TryGetProperty("assumedZone", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59")]
    [InlineData("0001-01-01")]
    public async Task AtTheEndsOfTheCalendarAreRejectedInEveryZone(string time)
    {
        await using var application = await IngestApplication.Start();
        Outcomes(await Import(application, $"{Header}u,o,{time},5,sale\n", "?zone=America/New_York")).ShouldBe((0, 0, 1));
    }

    [Fact]
    public async Task SayWhereUtcWasAssumed()
    {
        await using var application = await IngestApplication.Start();
        var rows = "u,o1,2020-01-02 09:30,5,sale\nu,o2,2020-01-02,5,sale\nu,o3,2020-01-02T09:30Z,5,sale\nu,o4,2020-01-02T09:30,x,sale\n";
        var answer = await Import(application, Header + rows);
        answer.GetProperty("assumedZone").GetString().ShouldBe("UTC");
        answer.GetProperty("assumedZoneRows").GetInt32().ShouldBe(3);
        (await Import(application, $"{Header}u,o3,2020-01-02T09:30Z,5,sale\n")).TryGetProperty("assumedZone", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Shanghai", "text/csv", "zone is 'Shanghai', which is no IANA time zone such as Asia/Shanghai")]
    [InlineData("", "text/csv", "zone is '', which is no IANA time zone such as Asia/Shanghai")]
    [InlineData("+08:00", "text/csv", "zone is '+08:00', which is no IANA time zone such as Asia/Shanghai")]
    [InlineData("Asia/Shanghai", "application/x-ndjson", "zone is for csv; write the zone in the times of calls, as in 2026-01-31T08:00:00+08:00")]
    public async Task OfNoZoneAre400(string zone, string type, string detail)
    {
        await using var application = await IngestApplication.Start();
        using var response = await application.Post($"/v1/import?zone={Uri.EscapeDataString(zone)}", "x\n"u8.ToArray(), type);
        ((int)response.StatusCode).ShouldBe(400);
        (await IngestApplication.Json(response)).GetProperty("detail").GetString().ShouldBe(detail);
    }

    private static string Order(string total) =>
        $$$"""
        {"userId":"u","messageId":"m","event":"Order Completed","timestamp":"2020-01-02T00:00:00Z","properties":{"order_id":"o","total":{{{total}}}}}
        """;

    private static async Task<JsonElement> Import(IngestApplication application, string csv, string query = "")
    {
        using var response = await application.Post("/v1/import" + query, Encoding.UTF8.GetBytes(csv), "text/csv");
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
        return await IngestApplication.Json(response);
    }

    private static (int Accepted, int Duplicate, int Rejected) Outcomes(JsonElement answer) => (
        answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicate").GetInt32(), answer.GetProperty("rejected").GetInt32());
}
