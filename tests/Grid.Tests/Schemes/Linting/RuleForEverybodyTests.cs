using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Linting;

public sealed class RuleForEverybodyTests
{
    [Fact]
    public void IsToldWhenItsConditionAlwaysHolds() => LintedText.Faults(
        """
          - { layer: rest, when: orders >= 0 }
          - { layer: vip, when: orders >= 2 }
          - { layer: rest }
        """).ShouldBe(
        """
        10:26: "orders >= 0" always holds: orders is never below 0, so this rule takes everyone who comes to it and no
          rule after it ever decides, and nobody is ever in the layer "vip". For example a customer with orders = 2, for
          whom the rule in line 11 is written, is already taken here. Mend the condition, or remove the rules after it.
        “orders >= 0”永远成立：订单数 orders 不会小于
          0，所以走到这条规则的用户全部被收走，它下面的规则永远不起作用，层级“vip”永远没有人。例如，一位 订单数
          orders = 2 的用户，本该由第 11 行的规则处理，却已在这里被收走。请修改条件，或删除下面的规则。
        """);

    [Fact]
    public void IsToldWhenItsAlternativesLeaveNobodyOut() => LintedText.Faults(
        """
          - { layer: vip, when: recency < 10d }
          - { layer: rest, when: { any: ["orders < 3", "orders >= 2"] } }
          - { layer: vip, when: spend > 100 }
          - { layer: rest }
        """).ShouldBe(
        """
        11:28: This condition always holds, so this rule takes everyone who comes to it and no rule after it ever
          decides. For example a customer with spend = 100.01, recency = 10d, for whom the rule in line 12 is written,
          is already taken here. Mend the condition, or remove the rules after it.
        这个条件永远成立，所以走到这条规则的用户全部被收走，它下面的规则永远不起作用。例如，一位 消费额 spend =
          100.01、距上次下单 recency = 10d 的用户，本该由第 12
          行的规则处理，却已在这里被收走。请修改条件，或删除下面的规则。
        """);

    [Fact]
    public void IsToldWhenItHasNoConditionAndIsNotTheLast() => LintedText.Faults(
        """
          - { layer: vip, when: orders >= 5 }
          - { layer: rest }
          - { layer: vip, when: orders >= 2 }
          - { layer: rest }
        """).ShouldBe(
        """
        11:5: A rule without "when" always holds, so no rule after it ever decides. For example a customer with orders
          = 2, for whom the rule in line 12 is written, is already taken here. Add a condition or move it to the end.
        没有“when”的规则永远成立，所以它下面的规则永远不起作用。例如，一位 订单数 orders = 2 的用户，本该由第
          12 行的规则处理，却已在这里被收走。请给它加上条件，或把它移到最后。
        """);

    [Fact]
    public void IsToldWhenItIsMissing() => LintedText.Faults(
        """
          - { layer: vip, when: orders >= 2 }
          - { layer: rest, when: orders = 1 }
        """).ShouldBe(
        """
        11:26: The last rule takes everyone whom no rule above took and has no "when"; remove it or add a rule without
          one. As it is, a customer with orders = 0 is in no layer.
        最后一条规则收走上面都没有收走的用户，不带“when”。请去掉它，或在后面加一条不带“when”的规则。否则，一位
          订单数 orders = 0 的用户，不在任何层级。
        """);

    [Fact]
    public void IsToldWhenTheLastHasAConditionThatLeavesNobodyOut() => LintedText.Faults(
        """
          - { layer: vip, when: orders >= 2 }
          - { layer: rest, when: orders <= 1 }
        """).ShouldBe(
        """
        11:26: The last rule takes everyone whom no rule above took and has no "when"; remove it or add a rule without
          one.
        最后一条规则收走上面都没有收走的用户，不带“when”。请去掉它，或在后面加一条不带“when”的规则。
        """);
}
