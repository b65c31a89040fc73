using System.Text;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Shouldly;
using Xunit;

namespace Grid.Tests.Explaining;

/// <summary>Chinese sentences use the words of operators, not those of files.</summary>
public sealed class SaidInChineseTests
{
    private const string Audience = """
        audience: vips
        name: { zh: 贵宾, en: VIPs }
        when: { all: ["layer(lifecycle) = loyal", { any: ["tags has focus", "tags has bought:shoes"] }, "source = qr-code", "plan != gold"] }
        """;

    [Fact]
    public void NoSentenceOfAnyShippedSchemeHoldsTheIdOfAMetric()
    {
        var customer = new Asked(Shipped()).Ordered(0).Took(1, (at, key) => new Interacted(at, key, "comment-added")).Waited(2);
        var names = Vocabulary.MetricNames.Concat(["membership", "tags", "layer", "source", "plan"]).ToHashSet();
        foreach (var scheme in customer.Rules.Rulebook.Schemes)
            foreach (var other in customer.Explanation(scheme.Id).Others)
                foreach (var missing in other.Missing)
                    Words(missing.Text.Zh).Where(names.Contains)
                        .ShouldBeEmpty($"{scheme.Id} {other.Layer}: {missing.Text.Zh}");
    }

    [Theory]
    [InlineData("orders(all, excludeRefunded) < 1", "累计订单数（不计已全额退款的订单）须从 1 降到 0，仅靠时间不会发生")]
    [InlineData("aov(30d) >= 500", "再下 1 单，合计不少于 900.00（近 30 天内客单价须不少于 500.00，现为 100.00）")]
    [InlineData("membership = expired", "须满足：付费会员为 已到期，现为 无")]
    [InlineData("favouriteSeason = summer", "订单最多的季节须是 夏季，现为 冬季")]
    public void AValueIsNamed(string condition, string said)
    {
        var customer = new Asked(Asked.RulesOf(null, WrittenScheme.From($"\"{condition}\""))).Ordered(0).Waited(1);
        customer.MissingInChinese("trial", "in").ShouldBe([said]);
    }

    [Fact]
    public void SchemesAndTagsAreNamed()
    {
        var customer = new Asked(Shipped()).Ordered(0).Waited(1);
        var missing = string.Join('\n', customer.MissingInChinese("vips", "in"));
        missing.ShouldContain("「生命周期」为 「老客」，现为 新客");
        missing.ShouldContain("打上标签「重点用户」（focus）");
        missing.ShouldContain("入群来源为 qr-code");
    }

    [Fact]
    public void ADowngradeSaysThatItIsHeld()
    {
        var customer = new Asked(Asked.RulesOf(null, WrittenScheme.From("recency < 30d", "grace: 7d"))).Ordered(0).Waited(1);
        customer.Missing("trial", "out").ShouldBe(
        [
            "blocked because a rule above holds: Inside (recency < 30d)",
            "no order for 29d more, until 2026-01-31T00:00:00.000Z",
            "the downgrade takes effect once the rules have asked for it for 7d without a break",
        ]);
        customer.Waited(36.9).Explanation("trial").Layer.ShouldBe("in");
        customer.Waited(37).Explanation("trial").Layer.ShouldBe("out");
    }

    [Fact]
    public void AChoiceThatAnotherNeedFulfilsIsNotSaid()
    {
        var customer = new Asked(Shipped()).Ordered(0).Waited(100);
        customer.Explanation("lifecycle").Layer.ShouldBe("lost");
        customer.Missing("lifecycle", "loyal").Skip(1).ShouldBe(["1 more order"]);
    }

    private static Rules Shipped()
    {
        var files = ShippedSchemes.Files().Append(("audience.yaml", Encoding.UTF8.GetBytes(Audience)));
        var content = RulebookCompiler.Compile(SchemeFolder.Read(files), Currency.Cny).Content.ShouldNotBeNull();
        return new Rules(new Rulebook(1, Asked.Start.Plus(-1), content), Baseline.None);
    }

    private static string[] Words(string text) =>
        new string([.. text.Select(letter => char.IsAsciiLetter(letter) || letter == '.' ? letter : ' ')]).Split(' ');
}
