using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

/// <summary>Derived tags hold exactly while their rules do, and audiences can read them, and layers.</summary>
public sealed class TaggedCustomerTests
{
    private const string Tags = """
        tags:
          - { tag: frequent, name: { zh: 高频, en: Frequent }, when: orders(30d) >= 2 }
          - { tag: "bought:*", name: { zh: 购买, en: Bought }, each: { of: purchases, window: 30d } }
          - { tag: "likes:*", name: { zh: 兴趣, en: Likes }, each: { of: browse, window: 7d, atLeast: 2 } }
          - { tag: "from:*", name: { zh: 来源, en: From }, each: { of: source } }
          - { tag: shoe-fan, name: { zh: 鞋迷, en: Shoe fan }, when: { all: ["tags has bought:shoes", "tags has frequent"] } }
        """;

    private const string Audience = """
        audience: fans
        name: { zh: 粉丝, en: Fans }
        when: { any: ["tags has shoe-fan", { all: ["layer(lapsing) in [lost, idle]", "trait(city) = Berlin"] }] }
        """;

    [Fact]
    public void HoldsEachTagExactlyWhileItsRuleDoes()
    {
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing(), Tags);
        life.Take(Start, Bought(Start, "a", "shoes"), new CommunityJoined(Start, MessageKey.From("j"), "group", "qr-code"));
        Held(life, Start).ShouldBe(["bought:shoes", "from:qr-code"]);
        life.Take(Day(1), Bought(Day(1), "b", "bags"), Seen(Day(1), "hats"), Seen(Day(1).Plus(1), "hats"), Seen(Day(1), "socks"));
        Held(life, Day(1).Plus(1)).ShouldBe(["frequent", "bought:bags", "bought:shoes", "likes:hats", "from:qr-code", "shoe-fan"]);
        Held(life, Day(8).FloorToHour()).ShouldNotContain("likes:hats");
        Held(life, Day(30).Plus(-1)).ShouldContain("frequent");
        Held(life, Day(30)).ShouldBe(["bought:bags", "from:qr-code"]);
    }

    [Fact]
    public void EntersAndLeavesAnAudienceAtTheInstantOfWhatItAsksFor()
    {
        var life = SomeRulebook.Begun(Audience, SomeRulebook.Lapsing(), Tags);
        life.Take(Start, Bought(Start, "a", "shoes"));
        life.Take(Day(1), Bought(Day(1), "b", "bags"));
        life.Take(Day(2), new TraitsSet(Day(2), MessageKey.From("t"), [new Trait("city", TraitValue.OfText("Berlin"))]));
        life.WakeUntil(Day(100));
        life.Transitions.Where(move => move.Scheme == "fans").Select(move => (move.To, move.EffectiveAt))
            .ShouldBe([("out", Start), ("in", Day(1))]);
        life.Take(Day(101), Bought(Day(101), "c", "bags"));
        life.WakeUntil(Day(200));
        life.Transitions.Where(move => move.Scheme == "fans").Skip(2).Select(move => (move.To, move.EffectiveAt, move.Cause.ToString()))
            .ShouldBe([("out", Day(101), "event"), ("in", Day(111), "time")]);
    }

    [Fact]
    public void KeepsAManualTagOfTheSameNameUntilItExpires()
    {
        const string asked = """
            audience: asked
            name: { zh: 人群, en: Asked }
            when: tags has frequent
            """;
        var life = SomeRulebook.Begun(SomeRulebook.Lapsing(), Tags, asked);
        life.Take(Start, new TagChanged(Start, MessageKey.From("t"), "frequent", true, Day(5)));
        life.WakeUntil(Day(100));
        life.Transitions.Where(move => move.Scheme == "asked").Select(move => (move.To, move.EffectiveAt)).ShouldBe([("in", Start), ("out", Day(5))]);
    }

    [Theory]
    [InlineData("layer(lapsin) = lost", "there is no scheme 'lapsin'")]
    [InlineData("layer(lapsing) = gone", "no layer 'gone' (known: lost, idle, busy)")]
    [InlineData("layer(lapsing) > idle", "layer is compared with =, != or in")]
    public void IsNotAskedForALayerThatDoesNotExist(string condition, string reason)
    {
        var audience = $"audience: x\nname: {{ zh: 人群, en: X }}\nwhen: \"{condition}\"\n";
        var fault = SomeRulebook.Compiled(SomeRulebook.Lapsing(), audience).Faults.ShouldHaveSingleItem();
        fault.ToString().ShouldStartWith("1.yaml:3:8: ");
        fault.Message.ShouldContain(reason);
    }

    private static IEnumerable<string> Held(Life life, Instant now) =>
        life.Rules.Rulebook.Tags.Held(life.Customer, now, life.Rules.Baseline).Select(held => held.Tag);

    private static OrderPaid Bought(Instant at, string id, string category) => new(at, MessageKey.From($"order {id}"), id, 100, category);

    private static Browsed Seen(Instant at, string category) => new(at, MessageKey.From($"{category} {at}"), category, 5);
}
