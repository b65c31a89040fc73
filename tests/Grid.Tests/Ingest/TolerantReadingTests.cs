using System.Net;
using System.Text;
using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>What real senders write where nothing is meant, and how they date what they forward.</summary>
public sealed class TolerantReadingTests
{
    private const string Page = "\"type\":\"page\",\"userId\":\"u1\"";

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[ \n ]")]
    public void TakesAnEmptyValueForNone(string empty)
    {
        var item = SomeCalls.Read($$"""
            {"type":"track","event":"Chat Started","userId":{{empty}},"anonymousId":"a1","messageId":{{empty}},"timestamp":{{empty}},
             "sentAt":{{empty}},"properties":{{empty}},"context":{{empty}}}
            """);

        item.Outcome.Reason.ShouldBeNull();
        (item.Customer, item.Fact!.At).ShouldBe(("anonymous:a1", SomeCalls.ReceivedAt));
    }

    [Fact]
    public void TakesTheRevenueWhereTheTotalIsEmpty() =>
        SomeCalls.FactOf(SomeCalls.Order("""{"order_id":"o1","total":"","revenue":12.5,"category":"","products":[]}"""))
            .ShouldBeOfType<OrderPaid>().Amount.ShouldBe(1250);

    [Theory]
    [InlineData("\"timestamp\":\"2026-06-01T11:00:00Z\",\"sentAt\":\"2026-06-01T11:59:51Z\"", "11:00:00", "nine seconds are the time of the request")]
    [InlineData("\"timestamp\":\"2026-06-01T11:00:00Z\",\"sentAt\":\"2026-06-01T12:00:09Z\"", "11:00:00", "a clock nine seconds fast")]
    [InlineData("\"timestamp\":\"2026-06-01T11:00:00Z\",\"sentAt\":\"2026-06-01T11:59:49Z\"", "11:00:11", "a clock eleven seconds slow")]
    [InlineData("\"originalTimestamp\":\"2026-06-01T11:00:00Z\",\"sentAt\":\"2026-06-01T11:30:00Z\"", "11:30:00", "alone it is the timestamp")]
    [InlineData("\"originalTimestamp\":\"2026-06-01T11:00:00Z\"", "11:00:00", "alone, without a sending time")]
    public void CorrectsAClockThatIsWrong(string dates, string at, string reason) =>
        SomeCalls.FactOf($"{{{Page},{dates}}}").At.ToString().ShouldBe($"2026-06-01T{at}.000Z", reason);

    [Theory]
    [InlineData("\"originalTimestamp\":\"2026-02-21T07:59:58Z\"")]
    [InlineData("\"receivedAt\":\"2026-02-21T08:00:03Z\"")]
    public void BelievesADateThatAnotherServerHasSettled(string beside) =>
        SomeCalls.FactOf($$"""{ {{Page}},"timestamp":"2026-02-21T08:00:00Z","sentAt":"2026-02-21T08:00:02Z",{{beside}}}""").At.ToString()
            .ShouldBe("2026-02-21T08:00:00.000Z");

    [Fact]
    public void KeepsTwoCallsOfASlowRequestInTheirOrder()
    {
        var batch = SomeCalls.ReadBatch($$"""
            {"batch":[{ {{Page}},"timestamp":"2026-06-01T11:59:58Z","sentAt":"2026-06-01T11:59:58Z"},
                      { {{Page}},"timestamp":"2026-06-01T11:59:59Z"}]}
            """);

        batch.Items.Select(item => item.Fact!.At.ToString()).ShouldBe(["2026-06-01T11:59:58.000Z", "2026-06-01T11:59:59.000Z"]);
    }

    [Theory]
    [InlineData("properties", 61, true)]
    [InlineData("properties", 70, false)]
    [InlineData("unknown", 70, false)]
    [InlineData("unknown", 100_000, false)]
    public void RejectsACallThatIsNestedTooDeeplyAlone(string field, int levels, bool isTaken)
    {
        var arrays = new string('[', levels) + new string(']', levels);
        var deep = $$"""{ {{Page}},"{{field}}":{"x":{{arrays}} } }""";
        var batch = SomeCalls.ReadBatch($$"""{"batch":[{ {{Page}}},{{deep}},{ {{Page}}}]}""");

        var (first, middle, last) = (batch.Items[0], batch.Items[1], batch.Items[2]);
        (first.Fact, last.Fact).ShouldSatisfyAllConditions(both => both.Item1.ShouldNotBeNull(), both => both.Item2.ShouldNotBeNull());
        (middle.Fact is not null).ShouldBe(isTaken, $"{middle.Outcome.Reason}");
    }

    /// <summary>Several SDKs of Segment send their batches to the import.</summary>
    [Fact]
    public async Task TakesABatchThatIsSentToTheImport()
    {
        await using var application = await IngestApplication.Start();

        using var response = await application.Post("/v1/import", Encoding.UTF8.GetBytes($$"""{"batch":[{ {{Page}} }]}"""));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"success":true}""");
        application.Grains.FactsOf("u1").ShouldHaveSingleItem();
    }
}
