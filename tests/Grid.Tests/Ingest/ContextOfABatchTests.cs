using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>The context of a batch is merged into the context of each item, key by key; the item's own wins.</summary>
public sealed class ContextOfABatchTests
{
    private const string Order =
        "\"type\":\"track\",\"event\":\"Order Completed\",\"userId\":\"u1\",\"properties\":{\"order_id\":\"o1\",\"total\":1}";

    [Theory]
    [InlineData("", "batch")]
    [InlineData(",\"context\":{}", "batch")]
    [InlineData(",\"context\":null", "batch")]
    [InlineData(",\"context\":{\"ip\":\"127.0.0.1\"}", "batch")]
    [InlineData(",\"context\":{\"campaign\":{\"name\":\"n\"}}", "batch")]
    [InlineData(",\"context\":{\"campaign\":{\"source\":\"\"}}", "batch")]
    [InlineData(",\"context\":{\"campaign\":{\"source\":\"own\"}}", "own")]
    [InlineData(",\"context\":{\"campaign\":\"none\"}", null)]
    public void GivesTheChannel(string own, string? channel)
    {
        const string Context = "\"context\":{\"library\":{\"name\":\"sdk\"},\"campaign\":{\"source\":\"batch\"}},\"integrations\":{\"All\":true}";
        foreach (var body in (string[])[$$"""{ {{Context}},"batch":[{ {{Order}}{{own}} }]}""", $$"""{"batch":[{ {{Order}}{{own}} }],{{Context}} }"""])
        {
            var batch = SomeCalls.ReadBatch(body);
            batch.Items.Single().Fact.ShouldBeOfType<OrderPaid>().Channel.ShouldBe(channel);
            batch.Notes.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("", "city=batch plan=batch")]
    [InlineData(",\"context\":{\"traits\":{\"city\":\"own\"}}", "city=own plan=batch")]
    [InlineData(",\"context\":{\"traits\":{\"city\":\"own\"}},\"traits\":{\"plan\":\"call\"}", "city=own plan=call")]
    public void GivesTraits(string own, string expected)
    {
        const string Context = "\"context\":{\"traits\":{\"city\":\"batch\",\"plan\":\"batch\"}}";
        const string Identify = "\"type\":\"identify\",\"userId\":\"u1\"";
        foreach (var body in (string[])[$$"""{ {{Context}},"batch":[{ {{Identify}}{{own}} }]}""", $$"""{"batch":[{ {{Identify}}{{own}} }],{{Context}} }"""])
            string.Join(' ', SomeCalls.ReadBatch(body).Items.Single().Fact.ShouldBeOfType<TraitsSet>().Traits
                .Select(trait => $"{trait.Name}={trait.Value.Text}")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("{\"context\":{\"campaign\":{\"source\":5},\"traits\":[1]},\"batch\":[{0},{0}]}")]
    [InlineData("{\"batch\":[{0},{0}],\"context\":{\"campaign\":{\"source\":5},\"traits\":[1]}}")]
    public void IsReportedOnceWhenItIsWrong(string body)
    {
        var batch = SomeCalls.ReadBatch(body.Replace("{0}", $"{{{Order}}}", StringComparison.Ordinal));
        batch.Items.Count.ShouldBe(2);
        batch.Items.ShouldAllBe(item => item.Fact != null);
        batch.Notes.Select(note => (note.Item, note.Place[..note.Place.IndexOf(' ', StringComparison.Ordinal)]))
            .ShouldBe([(-1, "$.context.campaign.source"), (-1, "$.context.traits")]);
    }
}
