using static Grid.Tests.Schemes.Scenarios.Happens;

namespace Grid.Tests.Schemes.Scenarios;

/// <summary>Walks through the schemes of activity and of attributes.</summary>
internal static class PersonScenarios
{
    public static Walk Groups4() => Walk.Through("groups4")
        .On(0, View()).Becomes("low-value")
        .On(1, Order("a", 1_000)).Becomes("untapped")
        .On(2, Interaction("referral")).Becomes("high-value")
        .Waits(1 + 365).Becomes("high-potential")
        .Waits(2 + 365).Becomes("low-value")
        .On(400, Interactions(3)).Becomes("high-potential")
        .Waits(400 + 90).Becomes("low-value");

    public static Walk Engagement() => Walk.Through("engagement")
        .On(0, Trait("city", "Shanghai")).Becomes("silent")
        .On(1, View()).Becomes("lurker")
        .On(2, Interactions(3)).Becomes("active")
        .On(3, [.. Interactions(6), Interaction("referral")]).Becomes("koc")
        .Waits(2 + 30).Becomes("active")
        .Waits(3 + 30).Becomes("silent");

    public static Walk Level() => Walk.Through("level")
        .On(0, View()).Becomes("l0")
        .On(1, Points(1)).Becomes("l1")
        .On(2, Points(199)).Becomes("l2")
        .On(3, Points(400)).Becomes("l3")
        .On(4, Points(900)).Becomes("l4")
        .On(5, Points(2_500)).Becomes("l5")
        .On(6, Points(6_000)).Becomes("l6")
        .On(7, Points(20_000)).Becomes("l7")
        .On(8, Points(-30_000)).Unmoved()
        .Waits(4_000).Unmoved();

    public static Walk Plan() => Walk.Through("plan")
        .On(0, View()).Becomes("none")
        .On(1, Happens.Plan("gold", untilDay: 31)).Becomes("active")
        .On(20, Happens.Plan("silver", untilDay: 40)).Unmoved()
        .Waits(40).Becomes("expired")
        .On(50, Happens.Plan("gold", untilDay: 80)).Becomes("active")
        .Waits(80).Becomes("expired");

    public static Walk AgeBand() => Walk.Through("age-band")
        .On(0, View()).Becomes("unknown")
        .On(1, Trait("birthday", "2008-01-11")).Becomes("under-18")
        .Waits(Walk.Date(2026, 1, 11)).Becomes("18-24")
        .Waits(Walk.Date(2033, 1, 11)).Becomes("25-34")
        .Waits(Walk.Date(2043, 1, 11)).Becomes("35-44")
        .Waits(Walk.Date(2053, 1, 11)).Becomes("45-59")
        .Waits(Walk.Date(2068, 1, 11)).Becomes("60-plus");

    public static Walk Gender() => Walk.Through("gender")
        .On(0, View()).Becomes("unknown")
        .On(1, Trait("gender", "男")).Becomes("male")
        .On(2, Trait("gender", "Female")).Becomes("female")
        .On(3, Trait("gender", "non-binary")).Becomes("other")
        .On(4, Trait("gender", "?")).Becomes("unknown");

    public static Walk CityTier() => Walk.Through("city-tier")
        .On(0, View()).Becomes("unknown")
        .On(1, Trait("city", "杭州")).Becomes("new-tier-1")
        .On(2, Trait("city", "Shanghai")).Becomes("tier-1")
        .On(3, Trait("cityTier", "5")).Becomes("tier-5")
        .On(4, Trait("cityTier", "四线")).Becomes("tier-4")
        .On(5, Trait("cityTier", "tier-3")).Becomes("tier-3")
        .On(6, Trait("cityTier", "2")).Becomes("tier-2")
        .On(7, Trait("cityTier", "1.5")).Becomes("new-tier-1");

    public static Walk IncomeBand() => Walk.Through("income-band")
        .On(0, View()).Becomes("unknown")
        .On(1, Trait("income", "3999.99")).Becomes("low")
        .On(2, Trait("income", "4000")).Becomes("lower-middle")
        .On(3, Trait("income", "8000")).Becomes("middle")
        .On(4, Trait("income", "15000")).Becomes("upper-middle")
        .On(5, Trait("income", "30000")).Becomes("high")
        .On(6, Trait("income", "enough")).Becomes("unknown");

    public static Walk Education() => Walk.Through("education")
        .On(0, View()).Becomes("lead")
        .On(1, Trait("stage", "basic")).Becomes("steady")
        .On(2, Trait("score", "59")).Becomes("struggling")
        .On(3, Trait("score", "85")).Becomes("excelling")
        .On(4, Trait("stage", "final")).Becomes("finalist")
        .Waits(14).Becomes("dropping")
        .On(15, Interaction("check-in")).Becomes("finalist")
        .Waits(15 + 14).Becomes("dropping");
}
