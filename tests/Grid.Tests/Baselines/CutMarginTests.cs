using System.Text;
using Grid.Model;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Reading;
using Grid.Tests.Model;
using Shouldly;
using Xunit;

namespace Grid.Tests.Baselines;

/// <summary>The margin of top shares in each kind of file that can ask for one.</summary>
public sealed class CutMarginTests
{
    private const string Scheme =
        """
        id: shop
        name: { zh: 店, en: Shop }
        description: { zh: 店, en: Shop }
        layers:
          - { id: rest, name: { zh: 乙, en: B }, playbook: { zh: 乙, en: B } }
          - { id: best, name: { zh: 甲, en: A }, playbook: { zh: 甲, en: A } }
        rules:
          - { layer: best, when: topPercent(orders) <= 30% }
          - { layer: rest }

        """;

    private const string Tags = "tags: [{ tag: a, name: { zh: 甲, en: A }, when: topPercent(orders) <= 30% }]\n";
    private const string Audience = "audience: a\nname: { zh: 甲, en: A }\nwhen: topPercent(orders) <= 30%\n";

    [Theory]
    [InlineData(Scheme, "", 50)]
    [InlineData(Scheme, "cutMargin: 0\n", 0)]
    [InlineData(Scheme, "cutMargin: 0.1\n", 100)]
    [InlineData(Tags, "", 50)]
    [InlineData(Tags, "cutMargin: 0\n", 0)]
    [InlineData(Tags, "cutMargin: 0.1\n", 100)]
    [InlineData(Audience, "", 50)]
    [InlineData(Audience, "cutMargin: 0\n", 0)]
    [InlineData(Audience, "cutMargin: 0.1\n", 100)]
    public void IsReadFromTheFile(string yaml, string written, int margin)
    {
        var others = "cutMargin: 0\n" + Scheme.Replace("topPercent(orders) <= 30%", "orders >= 1");
        var result = yaml == Scheme ? SomeRulebook.Compiled(written + Scheme) : SomeRulebook.Compiled(others, written + yaml);
        result.Faults.ShouldBeEmpty();
        new Rulebook(1, new Instant(Limits.EarliestMilliseconds), result.Content!).Measures.ShouldHaveSingleItem().Margins.Cut.ShouldBe(margin);
    }

    [Theory]
    [InlineData(Tags)]
    [InlineData(Audience)]
    public void IsRefusedWithItsPlace(string yaml)
    {
        var problem = SchemeFolder.Read([("a.yaml", Encoding.UTF8.GetBytes("cutMargin: 5%\n" + yaml))]).Faults.ShouldHaveSingleItem();
        problem.ToString().ShouldStartWith("a.yaml:1:");
        problem.Message.ShouldContain("from 0 to 1");
    }
}
