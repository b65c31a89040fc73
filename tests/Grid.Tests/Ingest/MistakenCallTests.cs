using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Calls that are valid JSON but are rejected: each with its reason and its place.</summary>
public sealed class MistakenCallTests
{
    public static TheoryData<string, string, string> Orders { get; } = new()
    {
        { """{"total":1}""", "order_id: it is missing", "$.properties.order_id" },
        { """{"order_id":▸"","total":1}""", "order_id: it is missing", "$.properties.order_id" },
        { """{"order_id":▸"  ","total":1}""", "order_id: it is blank", "$.properties.order_id" },
        { """{"order_id":▸null,"total":1}""", "order_id: it is missing", "$.properties.order_id" },
        { """{"order_id":▸true,"total":1}""", "order_id: it is a truth value, expected a text", "$.properties.order_id" },
        { """{"order_id":▸{"a":1},"total":1}""", "order_id: it is an object, expected a text", "$.properties.order_id" },
        { """{"order_id":▸1.5,"total":1}""", "order_id: it is a number, expected a text", "$.properties.order_id" },
        { """{"order_id":▸"a\u0000b","total":1}""", "order_id: it contains a control character", "$.properties.order_id" },
        { """{"order_id":▸"\ud800","total":1}""", "order_id: it holds half of a surrogate pair", "$.properties.order_id" },
        { """{"order_id":"o"}""", "total and revenue are both missing", "$" },
        { """{"order_id":"o","total":▸-0.01}""", "total: the amount is negative", "$.properties.total" },
        { """{"order_id":"o","total":▸-0.0001}""", "total: the amount is negative", "$.properties.total" },
        { """{"order_id":"o","total":▸"-5"}""", "total: the amount is negative", "$.properties.total" },
        { """{"order_id":"o","total":▸"NaN"}""", "total: the amount is not finite", "$.properties.total" },
        { """{"order_id":"o","total":▸"-Infinity"}""", "total: the amount is not finite", "$.properties.total" },
        { """{"order_id":"o","total":▸1e400}""",
            "total: the amount is larger than 1000000000000 minor units", "$.properties.total" },
        { """{"order_id":"o","total":▸10000000000.01}""",
            "total: the amount is larger than 1000000000000 minor units", "$.properties.total" },
        { """{"order_id":"o","total":▸99999999999999999999999999999999999999}""",
            "total: the amount is larger than 1000000000000 minor units", "$.properties.total" },
        { """{"order_id":"o","total":▸"12,50"}""", "total: the amount is not a number", "$.properties.total" },
        { """{"order_id":"o","total":▸"\u0031"}""", "total: the amount is not a number", "$.properties.total" },
        { """{"order_id":"o","total":""}""", "total and revenue are both missing", "$" },
        { """{"order_id":"o","total":▸[1]}""", "total: it is an array, expected an amount", "$.properties.total" },
        { """{"order_id":"o","total":▸true,"revenue":1}""",
            "total: it is a truth value, expected an amount", "$.properties.total" },
        { """{"order_id":"o","revenue":▸-1}""", "revenue: the amount is negative", "$.properties.revenue" },
        { """{"order_id":"o","total":1,"currency":▸"USD"}""", "currency: only CNY is taken", "$.properties.currency" },
        { """{"order_id":"o","total":1,"currency":▸156}""",
            "currency: it is a number, expected a text", "$.properties.currency" },
        { "▸[1]", "properties: it is an array, expected an object", "$.properties" },
        { "▸\"x\"", "properties: it is a text, expected an object", "$.properties" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void AboutAnOrderTellsReasonAndPlace(string properties, string reason, string place) =>
        ShouldBeRejected(SomeCalls.Order(properties), reason, place);

    public static TheoryData<string, string, string> Calls { get; } = new()
    {
        { "{}", "userId and anonymousId are both missing", "$" },
        { """{"type":"track","event":"Chat Started"}""", "userId and anonymousId are both missing", "$" },
        { """{"userId":"u1","event":"Chat Started"}""", "type: it is missing", "$.type" },
        { """{"userId":"u1","type":▸"tracks"}""",
            "type: it is no type of call; expected track, identify, page, screen, group or alias", "$.type" },
        { """{"userId":"u1","type":▸7}""", "type: it is a number, expected a text", "$.type" },
        { """{"userId":▸["u1"],"type":"page"}""", "userId: it is an array, expected a text", "$.userId" },
        { """{"userId":"","type":"page"}""", "userId and anonymousId are both missing", "$" },
        { "{\"userId\":▸\"\u3000\u00A0\",\"type\":\"page\"}", "userId: it is blank", "$.userId" },
        { """{"userId":▸"\u202e","type":"page"}""", "userId: it is blank", "$.userId" },
        { """{"userId":▸"a\u202eb","type":"page"}""", "userId: it contains the invisible character U+202E", "$.userId" },
        { """{"anonymousId":▸" \u200b","type":"page"}""", "anonymousId: it is blank", "$.anonymousId" },
        { """{"userId":▸" anonymous:x","type":"page"}""", "userId: 'anonymous:' is the prefix of anonymous customers", "$.userId" },
        { """{"userId":▸"anonymous:7","type":"page"}""",
            "userId: 'anonymous:' is the prefix of anonymous customers", "$.userId" },
        { """{"userId":"u1","type":"track"}""", "event: it is missing", "$.event" },
        { """{"userId":"u1","type":"track","event":▸5}""", "event: it is a number, expected a text", "$.event" },
        { """{"userId":"u1","type":"track","event":▸"Danced"}""", "event: event name is not mapped", "$.event" },
        { """{"userId":"u1","type":"page","messageId":▸{}}""",
            "messageId: it is an object, expected a text", "$.messageId" },
        { """{"userId":"u1","type":"page","timestamp":▸"yesterday"}""",
            "timestamp: it is no ISO 8601 instant", "$.timestamp" },
        { """{"userId":"u1","type":"page","timestamp":▸"2026-02-30T00:00:00Z"}""",
            "timestamp: it is no ISO 8601 instant", "$.timestamp" },
        { """{"userId":"u1","type":"page","timestamp":▸1780315200000}""",
            "timestamp: it is a number, expected a text", "$.timestamp" },
        { """{"userId":"u1","type":"page","timestamp":▸"2026-06-02T12:00:00.001Z"}""",
            "it occurred more than 24 hours in the future: 2026-06-02T12:00:00.001Z", "$.timestamp" },
        { """{"userId":"u1","type":"page","timestamp":▸"1899-12-31T23:59:59.999Z"}""",
            "it occurred before 1900-01-01T00:00:00.000Z: 1899-12-31T23:59:59.999Z", "$.timestamp" },
        { """{"userId":"u1","type":"identify","traits":▸"tall"}""", "traits: it is a text, expected an object", "$.traits" },
        { """{"userId":"u1","type":"group"}""", "groupId: it is missing", "$.groupId" },
        { """{"userId":"u1","previousId":"u0","type":"alias"}""", "merging customers is not built yet", "$" },
        { """{"userId":"u1","type":"page","properties":{},"properties":▸{}}""",
            "properties: the object is there twice", "$.properties" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void TellsReasonAndPlace(string json, string reason, string place) => ShouldBeRejected(json, reason, place);

    public static TheoryData<string, string, string> Events { get; } = new()
    {
        { SomeCalls.Track("Tag Added"), "tag: it is missing", "$.properties.tag" },
        { SomeCalls.Track("Tag Added", """{"tag":"vip","expires_at":▸"soon"}"""),
            "expires_at: it is no ISO 8601 instant", "$.properties.expires_at" },
        { SomeCalls.Track("Membership Purchased", """{"plan":"gold"}"""), "until: it is missing", "$.properties.until" },
        { SomeCalls.Track("Points Earned"), "points: it is missing", "$.properties.points" },
        { SomeCalls.Track("Points Earned", """{"points":▸0}"""),
            "points: it is no whole number of 1 to 1000000000000", "$.properties.points" },
        { SomeCalls.Track("Points Redeemed", """{"points":▸2.5}"""),
            "points: it is no whole number of 1 to 1000000000000", "$.properties.points" },
        { SomeCalls.Track("Consent Granted", """{"purpose":▸3}"""),
            "purpose: it is a number, expected a text", "$.properties.purpose" },
        { SomeCalls.Track("Group Joined"), "group_id: it is missing", "$.properties.group_id" },
        { SomeCalls.Track("Order Refunded", """{"order_id":"o","total":▸-3}"""),
            "total: the amount is negative", "$.properties.total" },
        { SomeCalls.Track("Order Cancelled"), "order_id: it is missing", "$.properties.order_id" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void AboutAnotherEventTellsReasonAndPlace(string json, string reason, string place) =>
        ShouldBeRejected(json, reason, place);

    [Fact]
    public void KeepsTheCustomerForTheReject() =>
        SomeCalls.Read(SomeCalls.Order("""{"total":-1}""")).Customer.ShouldBe("u1");

    [Theory]
    [InlineData(257, "userId: it has 257 bytes, at most 256 are taken")]
    [InlineData(30_000, "userId: it has 30000 bytes, at most 256 are taken")]
    public void WithATooLongIdIsRejected(int length, string reason) =>
        ShouldBeRejected($$"""{"userId":▸"{{new string('x', length)}}","type":"page"}""", reason, "$.userId");

    [Fact]
    public void OfABatchIsRejectedAloneWithItsIndexAndByte()
    {
        var good = SomeCalls.Track("Chat Started");
        var json = SomeCalls.Batch(good, "7", SomeCalls.Order("""{"order_id":"o","total":-1}"""), good);
        var batch = SomeCalls.ReadBatch(json);

        batch.Items.Select(item => item.Outcome.Kind).ShouldBe(
            [OutcomeKind.Accepted, OutcomeKind.Rejected, OutcomeKind.Rejected, OutcomeKind.Accepted]);
        batch.Items[1].Outcome.Reason.ShouldRead("the call is a number, expected an object");
        batch.Items[1].Place.ShouldBe($"$.batch[1] (byte {json.IndexOf("7,", StringComparison.Ordinal)})");
        batch.Items[2].Outcome.Reason.ShouldRead("total: the amount is negative");
        batch.Items[2].Place.ShouldBe($"$.batch[2].properties.total (byte {json.IndexOf("-1}", StringComparison.Ordinal)})");
    }

    [Fact]
    public void OfABatchLongerThan32KilobytesIsRejectedAlone()
    {
        var item = $$"""{"type":"page","userId":"u1","x":"{{new string('x', 1024 * 40)}}"}""";
        var batch = SomeCalls.ReadBatch(SomeCalls.Batch(item, SomeCalls.Track("Chat Started")));

        batch.Items[0].Outcome.Reason.ShouldRead($"the call has {item.Length} bytes, at most 32768 are taken");
        batch.Items[0].Place.ShouldBe("$.batch[0] (byte 10)");
        batch.Items[1].Fact.ShouldBeOfType<Interacted>();
    }

    /// <summary>▸ marks the wrong value; without the mark the place has no byte offset.</summary>
    private static void ShouldBeRejected(string marked, string reason, string place)
    {
        var mark = marked.IndexOf('▸', StringComparison.Ordinal);
        var json = marked.Replace("▸", "", StringComparison.Ordinal);
        if (mark >= 0) place += $" (byte {mark})";
        var item = SomeCalls.Read(json);
        item.Fact.ShouldBeNull();
        item.Outcome.Kind.ShouldBe(OutcomeKind.Rejected);
        item.Outcome.Reason.ShouldRead(reason);
        item.Place.ShouldBe(place);
    }
}
