using System.Text;
using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Traits as SDKs and forms send them.</summary>
public sealed class TraitsOfRealSendersTests
{
    [Theory]
    [InlineData("\"city\":null", "city-")]
    [InlineData("\"birthday\":\"\"", "birthday-")]
    [InlineData("\"birthday\":null", "birthday-")]
    [InlineData("\"age\":\"\"", "age-")]
    [InlineData("\"age\":null", "age-")]
    [InlineData("\"city\":\"\"", "city=")]
    [InlineData("\"city\":\"x\",\"city\":null", "city-")]
    [InlineData("\"city\":null,\"city\":\"x\"", "city=x")]
    [InlineData("\"tags\":[]", "")]
    [InlineData("\"address\":{\"city\":\"Paris\",\"zip\":75001}", "address.city=Paris address.zip=75001")]
    [InlineData("\"address\":{\"city\":null}", "address.city-")]
    [InlineData("\"address\":null", "address-")]
    [InlineData("\"address\":{}", "")]
    [InlineData("\"company\":{\"address\":{\"geo\":{\"lat\":1.5}}}", "company.address.geo.lat=1.5")]
    [InlineData("\"a\":{\"b\":{\"c\":{\"d\":{\"e\":1}}}}", "")]
    [InlineData("\"profile\":{\"age\":\"\"}", "profile.age=")]
    [InlineData("\"address\":{\"city\":\"x\"},\"address.city\":\"y\"", "address.city=y")]
    [InlineData("\"address\":{\"\":1,\"ok\":true}", "address.ok=true")]
    public void OfAnIdentifyCall(string traits, string expected) =>
        Shown(SomeCalls.FactOf($$"""{"type":"identify","userId":"u1","messageId":"m1","traits":{ {{traits}} } }""")).ShouldBe(expected);

    [Fact]
    public void AreReportedByTheirPathWhenTheyAreLeftOut()
    {
        var batch = SomeCalls.ReadAll(
            """{"type":"identify","userId":"u1","traits":{"address":{"lines":["a"],"":1},"a":{"b":{"c":{"d":{"e":1}}}}}}""");
        batch.Notes.Select(note => note.Reason.ToString()).ShouldBe(
        [
            "address.lines: left out: it is an array, expected a text, a number or a truth value",
            "address.: left out: its name has no 1 to 128 bytes without control characters",
            "a.b.c.d: left out: a trait is at most 4 levels deep",
        ]);
        batch.Notes[0].Place.ShouldStartWith("$.traits.address.lines (byte ");
    }

    [Theory]
    [InlineData("\"type\":\"identify\"", "city=x")]
    [InlineData("\"type\":\"identify\",\"traits\":{\"city\":\"own\",\"plan\":\"p\"}", "city=own plan=p")]
    [InlineData("\"type\":\"identify\",\"traits\":{\"city\":null}", "city-")]
    [InlineData("\"type\":\"identify\",\"traits\":\"\"", "city=x")]
    public void InTheContextCountForIdentify(string call, string expected)
    {
        var item = SomeCalls.Read($$"""{ {{call}},"userId":"u1","messageId":"m1","context":{"traits":{"city":"x"} } }""");
        (Shown(item.Fact!), item.Traits).ShouldBe((expected, null));
    }

    [Theory]
    [InlineData("\"type\":\"track\",\"event\":\"Chat Started\"", typeof(Interacted))]
    [InlineData("\"type\":\"page\"", typeof(Browsed))]
    [InlineData("\"type\":\"screen\"", typeof(Browsed))]
    [InlineData("\"type\":\"group\",\"groupId\":\"g\",\"traits\":{\"size\":3}", typeof(CommunityJoined))]
    public void InTheContextOfAnotherCallAreAFactBesideIt(string call, Type fact)
    {
        const string Dates = "\"timestamp\":\"2026-06-01T11:00:00Z\",\"sentAt\":\"2026-06-01T11:30:00Z\"";
        var item = SomeCalls.Read($$"""{ {{call}},"userId":"u1","messageId":"m1",{{Dates}},"context":{"traits":{"city":"x","age":""} } }""");
        item.Fact.ShouldNotBeNull().GetType().ShouldBe(fact);
        Shown(item.Traits.ShouldNotBeNull()).ShouldBe("city=x age-");
        item.Traits.At.ShouldBe(item.Fact.At);
        item.Traits.Key.ShouldNotBe(item.Fact.Key);
    }

    [Theory]
    [InlineData("\"event\":\"Nobody Knows\",\"context\":{\"traits\":{\"city\":\"x\"}}")]
    [InlineData("\"event\":\"Chat Started\",\"context\":{\"traits\":\"x\"}")]
    [InlineData("\"event\":\"Chat Started\",\"context\":{\"traits\":{}}")]
    [InlineData("\"event\":\"Chat Started\",\"context\":{\"traits\":null}")]
    [InlineData("\"event\":\"Chat Started\",\"traits\":{\"city\":\"x\"}")]
    public void AreNotTakenFromARejectedCallNorFromNothing(string call) =>
        SomeCalls.Read($$"""{"type":"track","userId":"u1", {{call}} }""").Traits.ShouldBeNull();

    [Fact]
    public async Task InTheContextReachTheCustomerAndARepetitionIsADuplicate()
    {
        await using var application = await IngestApplication.Start();
        const string Call = """{"type":"track","event":"Chat Started","userId":"u1","messageId":"m1","context":{"traits":{"city":"x"}}}""";
        foreach (var outcome in (string[])["accepted", "duplicate"])
        {
            using var response = await application.Post("/v1/batch?strict=true", $$"""{"batch":[{{Call}}]}""");
            (await IngestApplication.Json(response)).GetProperty("items")[0].GetProperty("outcome").GetString().ShouldBe(outcome);
        }

        application.Grains.Calls.First().Facts.Select(fact => fact.GetType()).ShouldBe([typeof(Interacted), typeof(TraitsSet)]);
        var line = Encoding.UTF8.GetBytes(Call.Replace("u1", "u2", StringComparison.Ordinal));
        using var file = await application.Post("/v1/import", line, "application/x-ndjson");
        application.Grains.FactsOf("u2").Count().ShouldBe(2);
    }

    private static string Shown(Fact fact) => string.Join(' ', fact.ShouldBeOfType<TraitsSet>().Traits.Select(
        trait => trait.Value.Kind == TraitKind.Removed ? $"{trait.Name}-" : $"{trait.Name}={trait.Value.Text}"));
}
