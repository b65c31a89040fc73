using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

public sealed class ValidSchemeTests
{
    [Fact]
    public void IsReadWithAllItsParts()
    {
        var scheme = SchemeFile.Read("a.yaml", SchemeText.With(4, "calendar: Asia/Shanghai\nlayers:")).Scheme!;

        scheme.Id.ShouldBe("lifecycle");
        scheme.Name.ShouldBe(new LocalizedText("生命周期", "Lifecycle"));
        scheme.Description.En.ShouldBe("By number of orders");
        scheme.Calendar.ShouldBe("Asia/Shanghai");
        scheme.Rfm.ShouldBeNull();
        scheme.Layers.Select(layer => layer.Id).ShouldBe(["new", "loyal"]);
        scheme.Layers[1].Playbook.ShouldBe(new LocalizedText("感谢", "Thank"));
        scheme.Rules.Select(rule => rule.Layer).ShouldBe(["loyal", "new"]);
        scheme.Rules[1].When.ShouldBeNull();
    }

    [Theory]
    [InlineData("orders>=2", "orders", "", Operator.AtLeast, "2", "orders >= 2")]
    [InlineData("orders  ( 90d )  <=  500.00", "orders", "90d", Operator.AtMost, "500.00", "orders(90d) <= 500.00")]
    [InlineData("topPercent(spend, 365d) <= 10%", "topPercent", "spend|365d", Operator.AtMost, "10%", "topPercent(spend, 365d) <= 10%")]
    [InlineData("interactions(comment-added,all) > 0", "interactions", "comment-added|all", Operator.Greater, "0",
        "interactions(comment-added, all) > 0")]
    [InlineData("score.r != 5", "score.r", "", Operator.NotEqual, "5", "score.r != 5")]
    [InlineData("recency < 90d", "recency", "", Operator.Less, "90d", "recency < 90d")]
    [InlineData("high.m = yes # high", "high.m", "", Operator.Equal, "yes", "high.m = yes")]
    [InlineData("tags has focus", "tags", "", Operator.Has, "focus", "tags has focus")]
    [InlineData("tags lacks \"old friend\"", "tags", "", Operator.Lacks, "old friend", "tags lacks \"old friend\"")]
    [InlineData("trait(city) = 上海", "trait", "city", Operator.Equal, "上海", "trait(city) = 上海")]
    [InlineData("trait(score) > -1.5", "trait", "score", Operator.Greater, "-1.5", "trait(score) > -1.5")]
    [InlineData("trait(flag) = \"true\"", "trait", "flag", Operator.Equal, "true", "trait(flag) = \"true\"")]
    [InlineData("trait(\"city tier\") in [1,'2 b' , c]", "trait", "city tier", Operator.In, "1|2 b|c",
        "trait(\"city tier\") in [1, '2 b', c]")]
    public void HasItsComparisonsSplit(
        string written, string metric, string arguments, Operator comparison, string values, string text)
    {
        var result = SchemeFile.Read("a.yaml", SchemeText.WithCondition(written));

        result.Faults.ShouldBeEmpty();
        var read = result.Scheme!.Rules[0].When.ShouldBeOfType<ComparisonDefinition>();
        read.Metric.ShouldBe(metric);
        string.Join('|', read.Arguments).ShouldBe(arguments);
        read.Operator.ShouldBe(comparison);
        string.Join('|', read.Values).ShouldBe(values);
        read.Text.ShouldBe(text);
        read.Place.ShouldBe(new Place("a.yaml", SchemeText.ConditionLine, SchemeText.ConditionColumn));
    }

    [Theory]
    [InlineData("'orders >= 2'", 12)]
    [InlineData("\"orders >= 2\"", 12)]
    [InlineData("   orders >= 2", 14)]
    [InlineData("{ all: [{ not: orders >= 2 }] }", 26)]
    public void HasThePlaceOfAComparisonHoweverItIsWritten(string written, int column)
    {
        var condition = SchemeFile.Read("a.yaml", SchemeText.WithCondition(written)).Scheme!.Rules[0].When!;
        while (condition is not ComparisonDefinition)
        {
            condition = condition is AllDefinition all ? all.Conditions.Single() : ((NotDefinition)condition).Condition;
        }

        condition.Place.Column.ShouldBe(column);
    }

    [Fact]
    public void MayScoreSomeDimensionsByRankAndOthersByBands()
    {
        var rfm = SchemeFile.Read("a.yaml", SchemeText.With(
            4,
            """
            rfm:
              window: all
              scores:
                recency: { bands: [12h, 10d, 20d, 40d] }
                frequency: rank
                monetary: { window: 30d, bands: [499.90, 200, 100, 0] }
            layers:
            """)).Scheme!.Rfm!;

        rfm.Window.ShouldBe("all");
        rfm.Recency.Bands.ShouldBe(["12h", "10d", "20d", "40d"]);
        rfm.Frequency.Bands.ShouldBeNull();
        rfm.Monetary.Bands.ShouldBe(["499.90", "200", "100", "0"]);
        rfm.Monetary.Window.ShouldBe("30d");
        rfm.Monetary.Place.ToString().ShouldBe("a.yaml:9:15");
    }

    [Fact]
    public void ScoredByRankHasNoBands()
    {
        var rfm = SchemeFile.Read("a.yaml", SchemeText.With(4, "rfm: { window: 90d, scores: rank }\nlayers:")).Scheme!.Rfm!;

        new[] { rfm.Recency, rfm.Frequency, rfm.Monetary }.ShouldAllBe(dimension => dimension.Bands == null && dimension.Window == null);
    }

    [Fact]
    public void WithTwinLayersIsWarnedAndStillRead()
    {
        var result = SchemeFile.Read(
            "a.yaml", SchemeText.With(6, "  - { id: loyal, name: { zh: 新客, en: Old }, playbook: { zh: 感谢, en: Welcome } }"));

        result.Scheme.ShouldNotBeNull();
        result.Warnings.Select(warning => warning.ToString()).ShouldBe([
            "a.yaml:6:11: Operators see one name for the layers \"new\" and \"loyal\"; tell them apart.",
            "a.yaml:6:11: The layers \"new\" and \"loyal\" have one playbook; a layer exists to be acted on, so join them or say what "
                + "is done differently.",
        ]);
    }

    [Fact]
    public void OfOneLayerIsWarnedThatItDividesNobody()
    {
        var yaml = SchemeText.With(6, "").Replace("  - layer: loyal\n    when: orders >= 2\n", "");

        SchemeFile.Read("a.yaml", yaml).Warnings.ShouldHaveSingleItem().ToString()
            .ShouldBe("a.yaml:5:5: The only layer holds every customer and divides nobody; add another.");
    }
}
