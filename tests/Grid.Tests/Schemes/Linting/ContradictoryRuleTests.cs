using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Linting;

public sealed class ContradictoryRuleTests
{
    [Fact]
    public void IsToldWithTheBoundsThatContradictEachOther() => LintedText.Faults(
        """
          - layer: vip
            when:
              all:
                - recency < 90d
                - orders >= 5
                - tags has vip
                - orders < 3
          - { layer: rest }
        """).ShouldBe(
        """
        16:11: "orders >= 5" (line 14) and "orders < 3" never hold together, so no customer comes to this rule, and
          nobody is ever in the layer "vip". Mend one of them, or join them with any if either is enough.
        “orders >= 5”（第 14 行）和“orders <
          3”不可能同时成立，所以没有用户会进入这条规则，层级“vip”永远没有人。请修改其中之一；如果满足其一即可，请改用
          any 连接。
        """);

    [Fact]
    public void IsToldForMetricsThatBoundEachOther() => LintedText.Faults(
        """
          - layer: vip
            when: { all: ["orders(30d) >= 5", "orders(90d) < 5"] }
          - layer: vip
            when: { all: ["orders = 0", "recency < 30d"] }
          - layer: vip
            when: { all: ["score.f >= 4", "orders(30d) < 10"] }
          - layer: vip
            when: { all: ["membership = active", "membership = expired"] }
          - layer: vip
            when: { all: ["trait(age) >= 30", "trait(age) < 20"] }
          - { layer: vip, when: "orders >= 2" }
          - { layer: rest }
        """,
        "{ window: 90d, scores: { recency: rank, frequency: { window: 30d, bands: [15, 10, 5, 2] }, monetary: rank } }").ShouldBe(
        """
        11:40: "orders(30d) >= 5" and "orders(90d) < 5" never hold together, so no customer comes to this rule. Mend
          one of them, or join them with any if either is enough.
        “orders(30d) >= 5”和“orders(90d) <
          5”不可能同时成立，所以没有用户会进入这条规则。请修改其中之一；如果满足其一即可，请改用 any 连接。
        13:34: "orders = 0" and "recency < 30d" never hold together, so no customer comes to this rule. Mend one of
          them, or join them with any if either is enough.
        “orders = 0”和“recency < 30d”不可能同时成立，所以没有用户会进入这条规则。请修改其中之一；如果
          满足其一即可，请改用 any 连接。
        15:36: "score.f >= 4" and "orders(30d) < 10" never hold together, so no customer comes to this rule. Mend one
          of them, or join them with any if either is enough.
        “score.f >= 4”和“orders(30d) < 10”不可能同时成立，所以没有用户会进入这条规则。请修改其中
          之一；如果满足其一即可，请改用 any 连接。
        17:43: "membership = active" and "membership = expired" never hold together, so no customer comes to this
          rule. Mend one of them, or join them with any if either is enough.
        “membership = active”和“membership =
          expired”不可能同时成立，所以没有用户会进入这条规则。请修改其中之一；如果满足其一即可，请改用 any 连接。
        19:40: "trait(age) >= 30" and "trait(age) < 20" never hold together, so no customer comes to this rule. Mend
          one of them, or join them with any if either is enough.
        “trait(age) >= 30”和“trait(age) <
          20”不可能同时成立，所以没有用户会进入这条规则。请修改其中之一；如果满足其一即可，请改用 any 连接。
        """);

    [Fact]
    public void IsToldForAValueThatAMetricNeverHas() => LintedText.Faults(
        """
          - { layer: vip, when: score.r >= 6 }
          - { layer: vip, when: orders < 0 }
          - { layer: vip, when: { not: "points >= 0" } }
          - { layer: rest }
        """,
        "{ window: 90d, scores: rank }").ShouldBe(
        """
        10:25: "score.r >= 6" never holds: score.r is always from 0 to 5, so no customer comes to this rule, and
          nobody is ever in the layer "vip". Mend the condition, or remove the rule.
        “score.r >= 6”永远不成立：R 分 score.r 只会在 0 到 5
          之间，所以没有用户会进入这条规则，层级“vip”永远没有人。请修改条件，或删除这条规则。
        11:25: "orders < 0" never holds: orders is never below 0, so no customer comes to this rule, and nobody is
          ever in the layer "vip". Mend the condition, or remove the rule.
        “orders < 0”永远不成立：订单数 orders 不会小于
          0，所以没有用户会进入这条规则，层级“vip”永远没有人。请修改条件，或删除这条规则。
        12:27: "points >= 0" always holds, and this asks for the opposite, so no customer comes to this rule, and
          nobody is ever in the layer "vip". Mend the condition, or remove the rule.
        “points >= 0”永远成立，而这里要求相反，所以没有用户会进入这条规则，层级“vip”永远没有人。请修改条件，或
          删除这条规则。
        """);

    [Fact]
    public void IsToldForEachAlternative() => LintedText.Faults(
        """
          - layer: vip
            when:
              any:
                - all: [orders >= 5, orders < 3]
                - score.m > 5
          - { layer: rest }
        """,
        "{ window: 90d, scores: rank }").ShouldBe(
        """
        13:30: "orders >= 5" and "orders < 3" never hold together, so no customer comes to this rule, and nobody is
          ever in the layer "vip". Mend one of them, or join them with any if either is enough.
        “orders >= 5”和“orders < 3”不可能同时成立，所以没有用户会进入这条规则，层级“vip”永远没有人
          。请修改其中之一；如果满足其一即可，请改用 any 连接。
        14:11: "score.m > 5" never holds: score.m is always from 0 to 5, so no customer comes to this rule, and nobody
          is ever in the layer "vip". Mend the condition, or remove the rule.
        “score.m > 5”永远不成立：M 分 score.m 只会在 0 到 5
          之间，所以没有用户会进入这条规则，层级“vip”永远没有人。请修改条件，或删除这条规则。
        """);
}
