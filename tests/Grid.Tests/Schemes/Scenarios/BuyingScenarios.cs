using static Grid.Tests.Schemes.Scenarios.Happens;

namespace Grid.Tests.Schemes.Scenarios;

/// <summary>Walks through the schemes that count and weigh orders.</summary>
internal static class BuyingScenarios
{
    public static Walk Journey() => Walk.Through("journey")
        .On(-10, View()).Becomes("new")
        .Published(new Neighbours()).Unmoved()
        .On(1, Order("a", 100)).Becomes("first")
        .On(2, Order("b", 100)).Becomes("repeat")
        .On(3, Order("c", 8_899)).Unmoved()
        .On(4, Order("d", 1)).Becomes("super")
        .Published(new Neighbours(richer: 2), day: 10, number: 2).Becomes("repeat")
        .On(11, Cancellation("a"), Cancellation("b"), Cancellation("d")).Becomes("first");

    public static Walk Lifecycle() => Walk.Through("lifecycle")
        .On(0, Interaction()).Becomes("potential")
        .On(10, Order("a", 100)).Becomes("new")
        .On(20, Order("b", 100)).Becomes("loyal")
        .On(95, Interaction()).Unmoved()
        .Waits(125).Becomes("lost")
        .On(126, View()).Becomes("loyal")
        .Waits(156).Becomes("lost")
        .On(157, Order("c", 100)).Becomes("loyal")
        .Waits(247).Becomes("lost")
        .On(248, Interaction()).Becomes("loyal")
        .On(249, Cancellation("a"), Cancellation("b")).Becomes("new");

    public static Walk HighTicket() => Walk.Through("high-ticket")
        .On(-1, View()).Becomes("stranger")
        .Published(new Neighbours()).Unmoved()
        .On(1, Interaction()).Becomes("potential")
        .On(2, Interaction("quote-sent")).Becomes("intent")
        .On(3, Order("a", 3_000)).Becomes("ordered")
        .On(4, Order("b", 3_000)).Becomes("repeat")
        .On(5, Order("c", 4_000)).Becomes("super")
        .On(6, Refund("c")).Becomes("repeat")
        .On(7, Cancellation("b"), Cancellation("c")).Becomes("ordered");

    public static Walk Funnel() => Walk.Through("funnel")
        .On(0, View()).Becomes("acquired")
        .Waits(7).Becomes("retained")
        .Waits(14).Becomes("acquired")
        .On(20, Group()).Becomes("retained")
        .On(21, Order("a", 100)).Becomes("customer")
        .On(22, Order("b", 100)).Becomes("returning")
        .On(23, Order("c", 100)).Unmoved()
        .On(24, Plan("gold", untilDay: 54)).Becomes("vip")
        .Waits(54).Becomes("returning")
        .On(55, Order("d", 2_700)).Becomes("vip")
        .Waits(21 + 365).Becomes("returning");

    public static Walk Pyramid() => Walk.Through("pyramid")
        .On(-1, View()).Becomes("general")
        .Published(new Neighbours()).Unmoved()
        .On(1, Order("a", 4_100)).Becomes("core")
        .On(2, Order("b", 5_000)).Becomes("high-value")
        .Waits(1 + 365).Becomes("core")
        .Waits(2 + 365).Becomes("general");

    public static Walk Frequency3() => Walk.Through("frequency3")
        .On(0, View()).Becomes("none")
        .On(1, Order("a", 20)).Becomes("low")
        .On(2, Order("b", 20)).On(3, Order("c", 20)).Unmoved()
        .On(4, Order("d", 20)).Becomes("mid")
        .On(5, Order("e", 20)).On(6, Order("f", 20)).On(7, Order("g", 20)).Unmoved()
        .On(8, Order("h", 20)).Becomes("high")
        .Waits(1 + 30).Becomes("mid")
        .Waits(5 + 30).Becomes("low")
        .Waits(8 + 30).Becomes("none")
        .On(39, Order("i", 120)).Becomes("mid");

    public static Walk SpendingPower() => Walk.Through("spending-power")
        .On(0, View()).Becomes("none")
        .On(1, Order("a", 100)).Becomes("low")
        .On(2, Order("b", 1_400)).Becomes("mid")
        .On(3, Order("c", 3_500)).Becomes("high")
        .On(4, Refund("c", 1)).Becomes("mid")
        .On(5, Order("d", 1)).Becomes("high")
        .Waits(1 + 365).Becomes("mid")
        .Waits(3 + 365).Becomes("low")
        .Waits(5 + 365).Becomes("none");

    /// <summary>The first of January is a winter day, the first of July a summer day.</summary>
    public static Walk RetailPreference() => Walk.Through("retail-preference")
        .On(0, View()).Becomes("none")
        .On(1, Order("a", 100, channel: "web")).Becomes("online")
        .On(2, Order("b", 200, channel: "store")).Becomes("store")
        .On(3, Order("c", 300, channel: "live")).Becomes("live-stream")
        .On(10, Order("d", 100, "coats", "web")).Becomes("winter-wardrobe")
        .On(181, Order("e", 1_000, "dresses", "web")).Becomes("online")
        .On(182, Order("f", 1_000, "dresses", "web")).On(183, Order("g", 1_000, "dresses", "web")).Unmoved()
        .On(184, Order("h", 1_000, "dresses", "web")).Becomes("summer-wardrobe")
        .Waits(183 + 365).Becomes("online")
        .Waits(184 + 365).Becomes("none");
}
