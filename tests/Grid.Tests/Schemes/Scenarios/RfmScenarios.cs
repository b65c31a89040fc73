using static Grid.Tests.Schemes.Scenarios.Happens;

namespace Grid.Tests.Schemes.Scenarios;

/// <summary>Walks through the schemes that score customers against their neighbours.</summary>
internal static class RfmScenarios
{
    public static Walk Rfm8() => Walk.Through("rfm8")
        .On(-60, View()).Becomes("none")
        .On(-50, Order("a", 200)).Becomes("000")
        .On(-49, Order("b", 200)).On(-48, Order("c", 200)).On(-47, Order("d", 6_000)).Unmoved()
        .Published(new Neighbours()).Becomes("011")
        .On(1, Refund("d", 1_000)).Becomes("010")
        .Late(2, happenedOn: -25, Order("e", 2_000)).Becomes("011")
        .Waits(-49 + 90).Becomes("001")
        .Waits(-47 + 90).Becomes("000")
        .Waits(-25 + 90).Becomes("none")
        .On(66, Order("f", 100)).Becomes("100")
        .On(67, Order("g", 100)).On(68, Order("h", 100)).Unmoved()
        .On(69, Order("i", 100)).Becomes("110")
        .On(70, Order("j", 7_500)).Becomes("111")
        .Waits(67 + 90).Becomes("101");

    /// <summary>Above the neighbours' mean scores are: an order within 20 days; two orders and 300 yuan within 30 days.</summary>
    public static Walk Rfm8Bands() => Walk.Through("rfm8-bands")
        .On(-60, View()).Becomes("none")
        .Published(new Neighbours()).Unmoved()
        .On(1, Order("a", 100)).Becomes("100")
        .On(2, Order("b", 100)).Becomes("110")
        .On(3, Order("c", 200)).Becomes("111")
        .Waits(3 + 20).Becomes("011")
        .Waits(2 + 30).Becomes("000")
        .On(40, Order("d", 400)).Becomes("101")
        .Waits(40 + 20).Becomes("001")
        .Waits(40 + 30).Becomes("000")
        .Waits(40 + 90).Becomes("none")
        .On(131, Order("e", 20)).Becomes("100")
        .On(132, Order("f", 20)).Becomes("110")
        .Waits(132 + 20).Becomes("010")
        .Waits(131 + 30).Becomes("000");

    public static Walk Rfm4() => Walk.Through("rfm4")
        .On(-1, View()).Becomes("none")
        .Published(new Neighbours()).Unmoved()
        .On(1, Order("a", 100)).Becomes("low-low")
        .On(2, Order("b", 7_000)).Becomes("low-high")
        .On(3, Order("c", 100)).Unmoved()
        .On(4, Order("d", 100)).Becomes("high-high")
        .On(5, Refund("b", 2_000)).Becomes("high-low")
        .Waits(1 + 90).Becomes("low-low")
        .Waits(4 + 90).Becomes("none");

    /// <summary>The sums of the scores: 3 before any cut-offs are known, then 3, 8, 11, 10, and 9 until the last order leaves.</summary>
    public static Walk Value3() => Walk.Through("value3")
        .On(-60, View()).Becomes("none")
        .On(-50, Order("a", 100)).Becomes("low")
        .Published(new Neighbours()).Unmoved()
        .On(1, Order("b", 100)).Becomes("mid")
        .On(2, Order("c", 5_000)).Becomes("high")
        .Waits(-50 + 90).Becomes("mid")
        .Waits(2 + 90).Becomes("none");
}
