using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Linting;
using Grid.Tests.Model;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Linting;

/// <summary>Messages about an audience name the audience.</summary>
public sealed class MistakenAudienceTests
{
    private const string Tags = """
        tags:
          - { tag: vip, name: { zh: 贵, en: Vip }, when: orders >= 5 }
        """;

    [Theory]
    [InlineData("orders < 0", "so nobody is ever in this audience", "所以这个人群里永远没有人")]
    [InlineData("{ all: [orders >= 2, orders < 1] }", "so nobody is ever in this audience", "所以这个人群里永远没有人")]
    [InlineData("orders >= 0", "so every customer is in this audience", "所以所有用户都在这个人群里")]
    [InlineData("score.r >= 4", "an audience has no scores of its own", "人群没有自己的得分")]
    public void IsToldInItsOwnWords(string when, string en, string zh)
    {
        var fault = SomeRulebook.Compiled(SomeRulebook.Lapsing(), Asking(when)).Faults.ShouldHaveSingleItem();
        fault.Text.En.ShouldContain(en);
        fault.Text.Zh.ShouldContain(zh);
        fault.Text.En.ShouldNotContain("layer \"");
        fault.Place.File.ShouldBe("1.yaml");
    }

    [Theory]
    [InlineData("spend >= 1.23", true)]
    [InlineData("spend >= 1.230", true)]
    [InlineData("spend >= 1.234", false)]
    [InlineData("aov < 0.001", false)]
    public void HasNoFinerAmountThanTheCurrency(string when, bool taken)
    {
        var faults = SomeRulebook.Compiled(SomeRulebook.Lapsing(), Asking(when)).Faults;
        if (taken) faults.ShouldBeEmpty();
        else faults.ShouldHaveSingleItem().Message.ShouldContain("CNY has at most 2 decimals");
    }

    [Fact]
    public void IsWarnedOfWhenTheRuleOfItsTagGoes()
    {
        string[] files = [SomeRulebook.Lapsing(), Asking("{ any: [tags has vip, tags has hand-made] }")];
        var before = new Rulebook(1, new Instant(0), SomeRulebook.Compiled([.. files, Tags]).Content!);
        var after = SomeRulebook.Compiled(files).Content!;

        var warning = RemovedTags.Warnings(before, after).ShouldHaveSingleItem();
        warning.Message.ShouldContain("\"vip\" is derived by a rule now");
        (warning.Place.File, warning.Place.Line).ShouldBe(("1.yaml", 3));
        RemovedTags.Warnings(before, before.Content).ShouldBeEmpty();
        RemovedTags.Warnings(new Rulebook(2, new Instant(1), after), after).ShouldBeEmpty();
    }

    private static string Asking(string when) => $$"""
        audience: asked
        name: { zh: 人群, en: Asked }
        when: {{when}}
        """;
}
