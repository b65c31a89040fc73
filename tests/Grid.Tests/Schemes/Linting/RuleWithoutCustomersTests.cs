using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Linting;

public sealed class RuleWithoutCustomersTests
{
    [Fact]
    public void IsToldWithTheRuleThatTakesThem() => LintedText.Faults(
        """
          - { layer: vip, when: orders >= 2 }
          - { layer: rest, when: "orders(30d) >= 3" }
          - { layer: rest }
        """).ShouldBe(
        """
        11:27: No customer comes to this rule: the rule in line 10 takes all of them first. For example a customer
          with orders(30d) = 3, orders = 3 is already taken by the rule in line 10 (layer "vip"). Move this rule up,
          narrow what stands above, or remove this rule.
        没有用户会进入这条规则：他们全部先被第 10 行的规则收走。例如，一位 订单数 orders(30d) = 3、订单数
          orders = 3 的用户，已被第 10 行的规则收进层级“vip”。请把这条规则移到前面、收窄前面的规则，或删除这条
          规则。
        """);

    [Fact]
    public void IsToldWithTheLayerThatStaysEmpty() => LintedText.Faults(
        """
          - { layer: rest, when: recency < 90d }
          - layer: vip
            when: { all: ["recency < 30d", "spend(30d) >= 1000"] }
          - { layer: rest }
        """).ShouldBe(
        """
        12:13: No customer comes to this rule, and nobody is ever in the layer "vip": the rule in line 10 takes all of
          them first. For example a customer with recency = 1d, spend(30d) = 1000.00 is already taken by the rule in
          line 10 (layer "rest"). Move this rule up, narrow what stands above, or remove this rule.
        没有用户会进入这条规则，层级“vip”永远没有人：他们全部先被第 10 行的规则收走。例如，一位 距上次下单
          recency = 1d、消费额 spend(30d) = 1000.00 的用户，已被第 10
          行的规则收进层级“rest”。请把这条规则移到前面、收窄前面的规则，或删除这条规则。
        """);

    [Fact]
    public void IsToldWithAllRulesThatTogetherTakeThem() => LintedText.Faults(
        """
          - { layer: vip, when: orders >= 2 }
          - { layer: rest, when: firstOrder < 30d }
          - { layer: vip, when: { all: ["repurchases = 0", "orders >= 1"] } }
          - { layer: rest, when: { all: ["recency < 30d", "interactions >= 1"] } }
          - { layer: rest }
        """).ShouldBe(
        """
        13:28: No customer comes to this rule: the rules in lines 10 and 12 together take all of them first. For
          example a customer with recency = 1d, interactions = 1, firstOrder = 1d, orders = 1 is already taken by the
          rule in line 11 (layer "rest"). Move this rule up, narrow what stands above, or remove this rule.
        没有用户会进入这条规则：他们全部先被第 10、12 行的规则收走。例如，一位 距上次下单 recency =
          1d、互动次数 interactions = 1、距首次下单 firstOrder = 1d、订单数 orders =
          1 的用户，已被第 11 行的规则收进层级“rest”。请把这条规则移到前面、收窄前面的规则，或删除这条规则。
        """);

    [Fact]
    public void IsToldWhenItIsTheLast() => LintedText.Faults(
        """
          - { layer: vip, when: orders >= 1 }
          - { layer: vip, when: recency = 5d }
          - { layer: vip, when: orders = 0 }
          - { layer: rest }
        """).ShouldBe(
        """
        11:25: No customer comes to this rule: the rule in line 10 takes all of them first. For example a customer
          with recency = 5d, orders = 1 is already taken by the rule in line 10 (layer "vip"). Move this rule up, narrow
          what stands above, or remove this rule.
        没有用户会进入这条规则：他们全部先被第 10 行的规则收走。例如，一位 距上次下单 recency = 5d、订单数
          orders = 1 的用户，已被第 10 行的规则收进层级“vip”。请把这条规则移到前面、收窄前面的规则，或删除这条
          规则。
        13:5: No customer comes to this rule, and nobody is ever in the layer "rest": the rules in lines 10 and 12
          together take all of them first. For example a customer with orders = 1 is already taken by the rule in line
          10 (layer "vip"). Narrow one of them; or, if they are meant to take everyone, remove this rule and the
          condition of the last of them.
        没有用户会进入这条规则，层级“rest”永远没有人：他们全部先被第 10、12 行的规则收走。例如，一位 订单数
          orders = 1 的用户，已被第 10 行的规则收进层级“vip”。请收窄其中之一；如果它们本来就要收走所有人，请删
          除这条规则，并去掉其中最后一条的条件。
        """);

    [Fact]
    public void IsToldForAConditionWrittenTwice() => LintedText.Faults(
        """
          - { layer: vip, when: { all: ["tags has vip", "trait(city) in [上海, 北京]"] } }
          - { layer: rest, when: { all: ["trait(city) = 北京", "tags has vip"] } }
          - { layer: rest }
        """).ShouldBe(
        """
        11:28: No customer comes to this rule: the rule in line 10 takes all of them first. For example a customer
          with trait(city) = 北京, the tag "vip" is already taken by the rule in line 10 (layer "vip"). Move this rule up,
          narrow what stands above, or remove this rule.
        没有用户会进入这条规则：他们全部先被第 10 行的规则收走。例如，一位 trait(city) =
          北京、带标签“vip” 的用户，已被第 10 行的规则收进层级“vip”。请把这条规则移到前面、收窄前面的规则，或删除这
          条规则。
        """);

    [Fact]
    public void IsToldForScores() => LintedText.Faults(
        """
          - { layer: rest, when: scored = no }
          - { layer: vip, when: high.r = yes }
          - { layer: rest, when: score.r = 1 }
          - { layer: vip, when: { any: ["score.r = 0", { all: ["high.r = no", "topPercent(spend, 90d) > 10%", "topPercent(spend, 90d) <= 5%"] }] } }
          - { layer: rest }
        """,
        "{ window: 90d, scores: rank }").ShouldBe(
        """
        13:27: No customer comes to this rule: the rule in line 10 takes all of them first. For example a customer
          with score.r = 0, high.r = no, topPercent(spend, 90d) > 10%, topPercent(spend, 90d) > 5%, scored = no is
          already taken by the rule in line 10 (layer "rest"). Move this rule up, narrow what stands above, or remove
          this rule.
        没有用户会进入这条规则：他们全部先被第 10 行的规则收走。例如，一位 R 分 score.r = 0、R 高
          high.r = no、排名 topPercent(spend, 90d) > 10%、排名
          topPercent(spend, 90d) > 5%、参与评分 scored = no 的用户，已被第 10
          行的规则收进层级“rest”。请把这条规则移到前面、收窄前面的规则，或删除这条规则。
        """);
}
