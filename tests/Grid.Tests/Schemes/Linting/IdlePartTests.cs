using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Linting;

public sealed class IdlePartTests
{
    [Fact]
    public void IsWarnedOfWhenItAlwaysHolds() => LintedText.Warnings(
        """
          - layer: vip
            when:
              all:
                - refunds >= 0
                - orders >= 2
          - { layer: rest }
        """).ShouldBe(
        """
        13:11: "refunds >= 0" always holds: refunds is never below 0, so this part changes nothing. Mend or remove it.
        “refunds >= 0”永远成立：退款额 refunds 不会小于 0，所以这一部分不起作用。请修改或删除它。
        """);

    [Fact]
    public void IsWarnedOfWhenItNeverHolds() => LintedText.Warnings(
        """
          - layer: vip
            when:
              any:
                - orders >= 2
                - score.sum > 15
                - all: [high.r = yes, score.r = 1]
          - { layer: rest }
        """,
        "{ window: 90d, scores: rank }").ShouldBe(
        """
        14:11: "score.sum > 15" never holds: score.sum is always from 0 to 15, so this part changes nothing. Mend or
          remove it.
        “score.sum > 15”永远不成立：总分 score.sum 只会在 0 到 15
          之间，所以这一部分不起作用。请修改或删除它。
        15:31: "high.r = yes" and "score.r = 1" never hold together, so this part changes nothing. Mend or remove it.
        “high.r = yes”和“score.r = 1”不可能同时成立，所以这一部分不起作用。请修改或删除它。
        """);

    [Fact]
    public void IsWarnedOfBesideAStricterBound() => LintedText.Warnings(
        """
          - layer: vip
            when: { all: ["orders >= 5", "spend > 100", "orders >= 3"] }
          - layer: vip
            when: { any: ["recency < 10d", "recency < 30d"] }
          - layer: vip
            when: { all: ["tags has vip", "tags has vip"] }
          - { layer: rest }
        """).ShouldBe(
        """
        11:50: Beside "orders >= 5" the condition "orders >= 3" changes nothing. Remove one of them, or check the
          bounds.
        已经有了“orders >= 5”，“orders >= 3”不起作用。请删除其中一个，或检查数值。
        13:20: Beside "recency < 30d" the condition "recency < 10d" changes nothing. Remove one of them, or check the
          bounds.
        已经有了“recency < 30d”，“recency < 10d”不起作用。请删除其中一个，或检查数值。
        15:36: Beside "tags has vip" the condition "tags has vip" changes nothing. Remove one of them, or check the
          bounds.
        已经有了“tags has vip”，“tags has vip”不起作用。请删除其中一个，或检查数值。
        """);

    [Fact]
    public void IsWarnedOfWhenItAsksForTheTopOfAll() => LintedText.Warnings(
        """
          - { layer: vip, when: "topPercent(spend, 90d) <= 100%" }
          - { layer: rest }
        """).ShouldBe(
        """
        10:26: 100% is everyone with an order in the window, so "topPercent(spend, 90d) <= 100%" singles out nobody.
          Write a smaller share, or "orders >= 1" instead.
        100% 就是时间窗内所有下过单的用户，“topPercent(spend, 90d) <=
          100%”没有挑出任何人。请写更小的比例，或改写为“orders >= 1”。
        """);

    [Fact]
    public void IsNotSeenWhereEachBoundMatters() => LintedText.Warnings(
        """
          - layer: vip
            when: { all: ["orders >= 2", "orders < 5", "spend >= 0", { any: ["orders(30d) >= 1", "recency < 30d"] }] }
          - { layer: vip, when: { all: ["orders >= 1", "topPercent(spend) <= 10%"] } }
          - { layer: vip, when: { not: "lastActivity >= 30d" } }
          - { layer: vip, when: "topPercent(spend) <= 20%" }
          - { layer: rest }
        """).ShouldBeEmpty();
}
