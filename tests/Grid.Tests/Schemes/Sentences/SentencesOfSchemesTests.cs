using Grid.Model;
using Grid.Model.Schemes;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Explaining.Sentences;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Grid.Tests.Model;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Sentences;

/// <summary>Sentences about a scheme and its layers are generated from the rules, so that no description can contradict them.</summary>
public sealed class SentencesOfSchemesTests
{
    [Theory]
    [InlineData("orders(60d) = 0", "近 60 天内订单数 = 0。", "Orders in the last 60 days = 0.")]
    [InlineData("orders(90d) = 0", "近 90 天内订单数 = 0。", "Orders in the last 90 days = 0.")]
    [InlineData("spend(365d) >= 1999.9", "近 365 天内消费额 ≥ 1999.90。", "Spend in the last 365 days ≥ 1999.90.")]
    [InlineData("recency < 36h", "距上次下单 < 1 天 12 小时。", "Time since the last order < 1 day 12 hours.")]
    [InlineData("topPercent(spend, 365d) <= 10%", "近 365 天内消费额位于前 10%。", "Among the top 10 % by spend in the last 365 days.")]
    [InlineData("topPercent(orders) > 2.5%", "订单数不在前 2.5%。", "Not among the top 2.5 % by orders.")]
    [InlineData("community = no", "已入群 = 否。", "Not member of a community.")]
    [InlineData("consent(sms) = yes", "对 sms 的同意 = 是。", "Consent to sms.")]
    [InlineData("trait(city) in [Paris, '010']", "特征「city」是 Paris、010。", "Trait city = Paris or \"010\".")]
    [InlineData("tags lacks vip", "没有标签「vip」。", "No tag vip.")]
    [InlineData("plan = gold", "会员方案为 gold。", "Plan gold.")]
    [InlineData("favouriteCategory(365d) = shoes", "近 365 天内最常购买的品类为 shoes。", "Favourite category in the last 365 days shoes.")]
    [InlineData("interactions(check-in, 1d) >= 3", "近 1 天内互动次数（check-in） ≥ 3。", "Interactions (check-in) in the last 1 day ≥ 3.")]
    public void TellTheConditionOfALayer(string condition, string zh, string en)
    {
        var scheme = Compiled($"a: {condition}");
        var text = LayerSentence.Of(scheme, 0, Currency.Cny);
        (text.Zh, text.En).ShouldBe((zh, en));
        LayerSentence.Of(scheme, 1, Currency.Cny).En.ShouldBe("Everybody whom no other rule takes.");
    }

    [Fact]
    public void NameTheLayersThatComeFirst()
    {
        var scheme = Compiled("a: orders >= 9\nb: orders >= 5\na: spend >= 100\nc: orders >= 1");
        LayerSentence.Of(scheme, 0, Currency.Cny).En.ShouldBe("Orders ≥ 9; or spend ≥ 100.00, and not in Layer.");
        LayerSentence.Of(scheme, 1, Currency.Cny).En.ShouldBe("Orders ≥ 5, and not in Layer.");
        LayerSentence.Of(scheme, 2, Currency.Cny).En.ShouldBe("Orders ≥ 1, and not in Layer or Layer.");
    }

    [Theory]
    [InlineData("rfm8", "近 90 天内有订单的用户按排名打 1 至 5 分；比平均分高出 0.05 分以上为高。",
        "Customers with an order in the last 90 days score from 1 to 5 by rank; a score more than 0.05 above the mean is high.")]
    [InlineData("value3", "近 90 天内有订单的用户按排名打 1 至 5 分。", "Customers with an order in the last 90 days score from 1 to 5 by rank.")]
    [InlineData("gender", "层级没有高低之分。", "The layers have no ranks.")]
    [InlineData("journey", "", "")]
    public void TellWhatHoldsForAllLayers(string id, string zh, string en)
    {
        var text = SchemeSentence.Of(Shipped().Find(id)!);
        (text.Zh, text.En).ShouldBe((zh, en));
    }

    [Theory]
    [InlineData("grace: 7d", "A downgrade waits 7 days.")]
    [InlineData("minimumStay: 36h", "A downgrade comes 1 day 12 hours after the entry at the earliest.")]
    public void TellDelays(string more, string en) =>
        SchemeSentence.Of(SomeSchemes.Rulebook([SomeSchemes.Written("s0", "a: orders >= 1", more: more)]).Find("s0")!).En.ShouldBe(en);

    [Fact]
    public void FollowTheRuleAndNotItsDescription()
    {
        var scheme = SomeSchemes.Written("s0", "a: high.r = yes", rfm: "{ window: 60d, scores: rank, highMargin: 0 }") with
        {
            Description = new("近 90 天", "90 days"),
        };
        SchemeSentence.Of(SomeSchemes.Rulebook([scheme]).Find("s0")!).En
            .ShouldBe("Customers with an order in the last 60 days score from 1 to 5 by rank; a score above the mean is high.");
    }

    [Fact]
    public void ExistForEveryShippedLayerInBothLanguages()
    {
        foreach (var scheme in Shipped().Schemes)
        {
            for (var layer = 0; layer < scheme.Layers.Count; layer++)
            {
                var text = LayerSentence.Of(scheme, layer, Currency.Cny);
                text.Zh.ShouldEndWith("。", customMessage: $"{scheme.Id} {scheme.Layers[layer]}");
                text.En.ShouldEndWith(".", customMessage: $"{scheme.Id} {scheme.Layers[layer]}");
                text.En.ShouldNotContain("(90d)", Case.Sensitive, $"{scheme.Id} {scheme.Layers[layer]}");
            }
        }
    }

    private static Scheme Compiled(string rules) => SomeSchemes.Rulebook([SomeSchemes.Written("s0", rules)]).Find("s0")!;

    private static Rulebook Shipped() =>
        new(1, default, RulebookCompiler.Compile(SchemeFolder.Read(ShippedSchemes.Files()), Currency.Cny).Content!);
}
