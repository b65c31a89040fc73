using Grid.Model;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

public sealed class FaultInTwoLanguagesTests
{
    /// <summary>A condition, then its message in Chinese and in English.</summary>
    public static TheoryData<string, string, string> Comparisons { get; } = new()
    {
        {
            "orders >= many",
            "orders 是数字，不能写“many”",
            "orders is a number, not 'many'"
        },
        {
            "orders(90d, 30d) >= 1",
            "orders(90d, 30d) 写了不止一个时间窗，只能写一个",
            "orders(90d, 30d) has more than one window"
        },
        {
            "recency >= 5",
            "recency 是一段时长，请写成 90d、12h 或 30m 这样，不能写“5”",
            "recency is a length of time such as 90d, 12h or 30m, not '5'"
        },
        {
            "spend >= 99999999999999999999",
            "金额 99999999999999999999 太大",
            "99999999999999999999 is too much money"
        },
        {
            "community >= yes",
            "community 只有 yes 和 no，请用 = 来比较",
            "community is yes or no: compare it with ="
        },
        {
            "community = 1",
            "community 只能是 yes 或 no，不能是“1”",
            "community is yes or no, not '1'"
        },
        {
            "orders has 3",
            "orders 用 =、!=、<、<=、> 或 >= 来比较",
            "orders is compared with =, !=, <, <=, > or >="
        },
        {
            "tags = vip",
            "标签用 has 或 lacks 来问，例如 tags has vip",
            "tags are asked with 'has' or 'lacks'"
        },
        {
            "trait = Berlin",
            "特征要写明名称，例如 trait(city)",
            "a trait is named: trait(city)"
        },
        {
            "trait(age) >= young",
            "“young”不是数字，不能用大于或小于与特征比较",
            "'young' is no number to compare the trait with"
        },
        {
            "membership = gold",
            "membership 只能是 active、expired、none，不能是“gold”",
            "membership is active, expired, none, not 'gold'"
        },
        {
            "membership has active",
            "membership 用 =、!= 或 in 来比较",
            "membership is compared with =, != or in"
        },
        {
            "topPercent(spend) <= 10",
            "topPercent 要与 0.1% 到 100% 之间的比例比较，不能写“10”",
            "topPercent is compared with a share from 0.1% to 100%, not '10'"
        },
        {
            "topPercent(spend) = 10%",
            "topPercent 只用 <=（在前列）或 >（不在前列）来比较",
            "topPercent is compared with <= (among the top) or > (not among them)"
        },
        {
            "topPercent(recency) <= 10%",
            "topPercent 只能给 orders、spend、aov、refunds 或 repurchases 排名，不能给 recency 排名",
            "topPercent ranks orders, spend, aov, refunds or repurchases, not recency"
        },
        {
            "score.r >= 4",
            "score.r 需要方案里有 rfm 一节，例如 rfm: { window: 90d, scores: rank }",
            "score.r needs an rfm section in the scheme"
        },
        {
            "recency(90d) >= 1d",
            "recency(90d)：这个指标后面不写括号",
            "recency(90d): this metric takes no arguments"
        },
        {
            "orders(0d) >= 1",
            "“0d”不是时间窗；请写成 90d 或 12h 这样的时长，或者 all",
            "'0d' is no window; write a length such as 90d or 12h, or all"
        },
        {
            "orders => 2",
            "“=>”不是运算符；请写 >=。",
            "\"=>\" is no operator; write >=."
        },
        {
            "orders 2",
            "缺少运算符；现在是“2”。运算符有 >=、<=、>、<、=、!=、in、has 和 lacks。",
            "An operator is missing; found \"2\". The operators are >=, <=, >, <, =, !=, in, has and lacks."
        },
        {
            "recency >= 90 days",
            "“90 days”不是时长；请写 90d。",
            "\"90 days\" is no span of time; write 90d."
        },
        {
            "orders >= 2 and recency < 90d",
            "一行只写一个比较；几个都要满足请用 all: [a, b]。",
            "Write one comparison per line; join several with \"all: [a, b]\"."
        },
        {
            "consent(marketing) = true",
            "“true”不能作值；请写 yes，如果是文字请加引号。",
            "\"true\" is no value; write yes, or quotes if it is a text."
        },
        {
            "[orders >= 2]",
            "只有列表看不出条件之间的关系；请放在“all:”（全部满足）或“any:”（满足其一）下面。",
            "A list alone does not say how its conditions join; put it under \"all:\" or \"any:\"."
        },
    };

    [Theory]
    [MemberData(nameof(Comparisons))]
    public void SaysWhatToWriteInstead(string condition, string zh, string en)
    {
        var fault = Faults(SchemeText.WithCondition(condition)).ShouldHaveSingleItem();
        fault.Text.ShouldBe(new LocalizedText(zh, en));
    }

    /// <summary>Checks every mistake of the other tests: no message is in English only.</summary>
    [Fact]
    public void IsChineseForEveryMistakeOfAFile()
    {
        foreach (var row in BrokenSchemeTests.Cases)
        {
            var (line, replacement, _) = row.Data;
            foreach (var fault in Faults(SchemeText.With(line, replacement))) ShouldBeChinese(fault);
        }
    }

    [Fact]
    public void IsChineseForTwinLayers()
    {
        var twins = SchemeText.With(6, "  - { id: loyal, name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome } }");
        var warnings = SchemeFile.Read(SchemeText.FileName, twins).Warnings;
        warnings.Select(warning => warning.Text).ShouldBe(
        [
            new LocalizedText(
                "层级“new”和“loyal”的名称一样，运营无法区分；请改其中一个。",
                "Operators see one name for the layers \"new\" and \"loyal\"; tell them apart."),
            new LocalizedText(
                "层级“new”和“loyal”的运营动作一样；分层是为了区别运营，请合并它们，或写明有什么不同。",
                "The layers \"new\" and \"loyal\" have one playbook; a layer exists to be acted on, so join them or say what is done differently."),
        ]);
    }

    private static IReadOnlyList<Diagnostic> Faults(string yaml)
    {
        var file = SchemeFile.Read(SchemeText.FileName, yaml);
        return file.Scheme is { } scheme ? SchemeCompiler.Compile(scheme, Currency.Cny).Faults : file.Faults;
    }

    private static void ShouldBeChinese(Diagnostic fault) =>
        fault.Text.Zh.Count(character => character is >= '\u4e00' and <= '\u9fff').ShouldBeGreaterThan(3, fault.ToString());
}
