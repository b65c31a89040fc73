using System.Text;
using Grid.Ingest.Calls;
using Grid.Ingest.Mapping;
using Grid.Model;
using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Ids that programs write where they have none, in every way in.</summary>
public sealed class PlaceholderIdsTests
{
    private const string Zero = "00000000-0000-0000-0000-000000000000";

    public static TheoryData<string> Placeholders { get; } =
    [
        "undefined", "null", "NULL", "None", "nil", "NaN", "true", "False", "[object Object]", " undefined\u200B", "\u00A0(null)\uFEFF", "n/a",
        "anonymous", "{}", Zero,
    ];

    [Theory]
    [MemberData(nameof(Placeholders))]
    public void AreRejectedInEveryField(string id)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(id);
        foreach (var call in (string[])
            [
                $$"""{"type":"page","userId":{{json}} }""",
                $$"""{"type":"page","anonymousId":{{json}} }""",
                $$"""{"type":"page","userId":"u1","messageId":{{json}} }""",
                $$"""{"type":"group","userId":"u1","groupId":{{json}} }""",
                $$"""{"type":"track","event":"Group Joined","userId":"u1","properties":{"group_id":{{json}} } }""",
                $$"""{"type":"track","event":"Order Completed","userId":"u1","properties":{"order_id":{{json}},"total":1} }""",
                $$"""{"type":"track","event":"Order Refunded","userId":"u1","properties":{"order_id":{{json}} } }""",
                $$"""{"type":"track","event":"Order Cancelled","userId":"u1","properties":{"order_id":{{json}} } }""",
            ])
        {
            var item = Read(call, new PlaceholderIds(PlaceholderIds.Usual));
            item.Outcome.Kind.ShouldBe(OutcomeKind.Rejected, call);
            item.Outcome.Reason!.ToString().ShouldEndWith("is a placeholder for a missing id", Case.Sensitive, call);
            Read(call, PlaceholderIds.None).Outcome.Kind.ShouldBe(OutcomeKind.Accepted, call);
        }
    }

    [Theory]
    [InlineData("undefined1")]
    [InlineData("nullify")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("nobody")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    public void AreNotIdsThatOnlyLookAlike(string id) =>
        Read($$"""{"type":"page","userId":"{{id}}","messageId":"{{id}}"}""", new PlaceholderIds(PlaceholderIds.Usual)).Fact.ShouldNotBeNull();

    [Fact]
    public void AreThoseOfTheSetting()
    {
        var own = new PlaceholderIds([" Guest ", "0"]);
        Read("""{"type":"page","userId":"guest"}""", own).Fact.ShouldBeNull();
        Read("""{"type":"page","userId":0}""", own).Fact.ShouldBeNull();
        Read("""{"type":"page","userId":"undefined"}""", own).Fact.ShouldNotBeNull();
    }

    [Fact]
    public async Task AreRejectedInFilesAsWell()
    {
        await using var application = await IngestApplication.Start();
        const string Csv = "customer_id,order_id,occurred_at,amount\nundefined,o1,2026-05-01T00:00:00Z,1\nu1, NULL ,2026-05-01T00:00:00Z,1\n"
            + "anonymous:null,o1,2026-05-01T00:00:00Z,1\n\u200B \u00A0,o1,2026-05-01T00:00:00Z,1\n u1\uFEFF,\u200Bo1 ,2026-05-01T00:00:00Z,1\n";
        using var rows = await application.Post("/v1/import", Encoding.UTF8.GetBytes(Csv), "text/csv");
        var answer = await IngestApplication.Json(rows);
        (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32()).ShouldBe((1, 4));
        application.Grains.FactsOf("u1").ShouldHaveSingleItem().ShouldBeOfType<OrderPaid>().OrderId.ShouldBe("o1");

        const string Lines = "{\"type\":\"page\",\"userId\":\"undefined\"}\n{\"type\":\"page\",\"userId\":\" u2 \"}";
        using var lines = await application.Post("/v1/import", Encoding.UTF8.GetBytes(Lines), "application/x-ndjson");
        (await IngestApplication.Json(lines)).GetProperty("rejected").GetInt32().ShouldBe(1);
        application.Grains.FactsOf("u2").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(" m1\u200B", "m1")]
    [InlineData("\uFEFFm1\t", "m1")]
    [InlineData("a b", "a b")]
    public void AreNotMessageIdsWithBlanksAroundThem(string written, string id) =>
        Read($$"""{"type":"page","userId":"u1","messageId":{{System.Text.Json.JsonSerializer.Serialize(written)}} }""", PlaceholderIds.None)
            .Fact!.Key.ShouldBe(MessageKey.From(id));

    [Theory]
    [InlineData("  ")]
    [InlineData("\u200B")]
    [InlineData("\u00A0\t")]
    public void AreLikeABlankMessageIdRejected(string id) =>
        Read($$"""{"type":"page","userId":"u1","messageId":{{System.Text.Json.JsonSerializer.Serialize(id)}} }""", PlaceholderIds.None)
            .Outcome.Reason.ShouldRead("messageId: it is blank");

    private static CallItem Read(string json, PlaceholderIds placeholders)
    {
        var batch = new CallBatch(SomeCalls.ReceivedAt);
        new CallParser(EventMapping.Shipped, Currency.Cny, placeholders: placeholders).ReadCall(Encoding.UTF8.GetBytes(json), CallKind.Any, batch)
            .ShouldBeNull();
        return batch.Items.Single();
    }
}
