using System.Text.Json;
using Grid.Model.Facts;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Explaining;

/// <summary>The JSON of the server's answers, in the shapes that the page reads.</summary>
public sealed class AnswersAsJsonTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly Asked Customer = new Asked(Asked.Shipped())
        .Took(
            0,
            (at, key) => new TagChanged(at, key, "vip", true, Instant.Never),
            (at, key) => new TagChanged(at, key, "gone", true, Asked.Day(1)),
            (at, key) => new TraitsSet(at, key, [new Trait("age", TraitValue.OfNumber(34)), new Trait("city", TraitValue.OfText("上海"))]),
            (at, key) => new PointsChanged(at, key, 30),
            (at, key) => new Interacted(at, key, "comment-added"),
            (at, key) => new Browsed(at, key, "shoes", 40),
            (at, key) => new OrderPaid(at, key, "o1", 12_050, "shoes", "app", 2))
        .Took(2, (at, key) => new OrderRefunded(at, key, "o1", 20_000), (at, key) => new PointsChanged(at, key, -10))
        .Ordered(3, 5_000);

    [Fact]
    public void OfTheViewHaveThePropertiesOfTheContract()
    {
        var view = JsonSerializer.SerializeToElement(Customer.View(), Web);
        Names(view).ShouldBe([
            "id", "version", "asOf", "joinedAt", "detailSince", "quartersSince", "nextDeadline", "tags", "derivedTags", "traits", "plans",
            "communities", "consents", "totals", "orders", "refunds", "interactions", "browses", "metrics", "layers"]);
        First(view, "tags").ShouldBe(["name", "at", "expiresAt"]);
        First(view, "traits").ShouldBe(["name", "value", "at"]);
        Names(view.GetProperty("totals")).ShouldBe(["orders", "spend", "refunds", "points"]);
        First(view, "orders").ShouldBe(["orderId", "at", "amount", "refunded", "cancelledAt", "category", "channel", "quantity"]);
        First(view, "refunds").ShouldBe(["orderId", "at", "amount", "counted", "hasOrder", "pieces"]);
        First(view, "interactions").ShouldBe(["kind", "hour", "count", "quarters"]);
        First(view, "browses").ShouldBe(["category", "hour", "count", "dwellSeconds", "quarters"]);
        First(view, "metrics").ShouldBe(["name", "value"]);
        First(view, "layers").ShouldBe(["scheme", "layer", "since", "from", "cause", "nextAt", "pending"]);
        Names(view.GetProperty("layers")[0].GetProperty("cause")).ShouldBe(["kind", "number"]);
    }

    [Fact]
    public void OfTheViewSayWhatHappened()
    {
        var view = JsonSerializer.SerializeToElement(Customer.View(), Web);
        view.GetProperty("asOf").GetString().ShouldBe("2026-01-04T00:00:00.000Z");
        view.GetProperty("detailSince").ValueKind.ShouldBe(JsonValueKind.Null);
        view.GetProperty("tags").GetArrayLength().ShouldBe(1);
        view.GetProperty("tags")[0].GetProperty("expiresAt").ValueKind.ShouldBe(JsonValueKind.Null);
        view.GetProperty("traits")[0].GetProperty("value").GetInt32().ShouldBe(34);
        view.GetProperty("traits")[1].GetProperty("value").GetString().ShouldBe("上海");
        view.GetProperty("totals").GetRawText().ShouldBe("""{"orders":2,"spend":5000,"refunds":12050,"points":20}""");
        view.GetProperty("orders")[0].GetProperty("amount").GetInt64().ShouldBe(5_000, "the newest comes first");
        view.GetProperty("orders")[1].GetProperty("refunded").GetInt64().ShouldBe(12_050);
        view.GetProperty("refunds")[0].GetProperty("counted").GetInt64().ShouldBe(12_050, "what exceeds the order is not counted");
        var metrics = view.GetProperty("metrics").EnumerateArray().ToDictionary(
            metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetString());
        metrics["spend"].ShouldBe("50.00");
        metrics["growth"].ShouldBe("30");
        metrics["lastActivity"].ShouldBe("3d");
        metrics["medianOrderInterval"].ShouldBe("3d");
        metrics["membership"].ShouldBe("none");
        metrics["rfm8: high.r"].ShouldBe("no");
        metrics["topPercent(spend) <= 10%"].ShouldBe("no");
    }

    [Fact]
    public void OfTheExplanationHaveThePropertiesOfTheContract()
    {
        var explanation = JsonSerializer.SerializeToElement(Customer.Explanation("rfm8"), Web);
        Names(explanation).ShouldBe(["customer", "scheme", "layer", "asOf", "rulebook", "baseline", "decidedBy", "pending", "scores", "others"]);
        Names(explanation.GetProperty("scores")).ShouldBe(["scored", "n", "recency", "frequency", "monetary", "policy", "asOf"]);
        Names(explanation.GetProperty("scores").GetProperty("recency")).ShouldBe(["value", "score", "high", "cuts"]);
        explanation.GetProperty("scores").GetProperty("recency").GetProperty("cuts").GetArrayLength().ShouldBe(4);
        First(explanation, "others").ShouldBe(["layer", "condition", "missing"]);
        var other = explanation.GetProperty("others")[0];
        Names(other.GetProperty("condition")).ShouldBe(["kind", "text", "holds", "actual", "children"]);
        First(other, "missing").ShouldBe(["text", "step"]);
        Names(other.GetProperty("missing")[0].GetProperty("text")).ShouldBe(["zh", "en"]);
    }

    [Fact]
    public void OfTheForecastHaveThePropertiesOfTheContract()
    {
        var forecast = JsonSerializer.SerializeToElement(Customer.Forecast(), Web);
        Names(forecast).ShouldBe(["customer", "asOf", "transitions", "complete"]);
        First(forecast, "transitions").ShouldBe(["at", "scheme", "from", "to"]);
    }

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private static List<string> First(JsonElement element, string list) => Names(element.GetProperty(list)[0]);
}
