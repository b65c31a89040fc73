using System.Text;
using Grid.Ingest.Calls;
using Grid.Ingest.Mapping;
using Grid.Model;
using Grid.Model.Facts;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>The fact that a call of the Segment spec becomes.</summary>
public sealed class MappedEventTests
{
    private static readonly Instant At = SomeCalls.ReceivedAt;
    private static readonly MessageKey Key = MessageKey.From("m1");

    [Fact]
    public void OrderCompletedIsAnOrderWithPiecesAndCategoryOfItsProducts() =>
        SomeCalls.FactOf(SomeCalls.Order(
            """
            {"order_id":"o-1","revenue":25.0,"total":"19.989999999999998","currency":"cny","affiliation":"小程序","coupon":{"a":[1,2]},
             "products":[{"sku":"a","category":"tea","quantity":2},{"sku":"b","category":"cups"}]}
            """)).ShouldBe(new OrderPaid(At, Key, "o-1", 1999, "tea", "小程序", 3));

    [Fact]
    public void OrderCompletedTakesRevenueWithoutTotalAndItsOwnCategoryAndChannel() =>
        SomeCalls.FactOf(SomeCalls.Order(
            """{"orderId":42,"revenue":0,"total":null,"category":"coffee","channel":"store","affiliation":"x","quantity":"5","products":[]}"""))
            .ShouldBe(new OrderPaid(At, Key, "42", 0, "coffee", "store", 5));

    [Fact]
    public void OrderCompletedTakesItsChannelFromTheCampaign() =>
        SomeCalls.FactOf(
            """
            {"context":{"ip":"1.2.3.4","campaign":{"name":"x","source":"moments"}},"type":"track","userId":"u1","messageId":"m1",
             "event":"Order Completed","properties":{"order_id":"o","total":1}}
            """).ShouldBe(new OrderPaid(At, Key, "o", 100, null, "moments", 1));

    [Fact]
    public void OrderRefundedTakesItsTotalOrWhatIsLeft()
    {
        SomeCalls.FactOf(SomeCalls.Track("Order Refunded", """{"order_id":"o","total":5.5}""")).ShouldBe(new OrderRefunded(At, Key, "o", 550));
        SomeCalls.FactOf(SomeCalls.Track("Order Refunded", """{"order_id":"o"}""")).ShouldBe(new OrderRefunded(At, Key, "o", null));
    }

    [Fact]
    public void OrderCancelledIsACancellation() =>
        SomeCalls.FactOf(SomeCalls.Track("Order Cancelled", """{"order_id":"o"}""")).ShouldBe(new OrderCancelled(At, Key, "o"));

    [Theory]
    [InlineData("Chat Started", "chat-started")]
    [InlineData("Moments Liked", "moments-liked")]
    [InlineData("Post Published", "post-published")]
    [InlineData("Comment Added", "comment-added")]
    [InlineData("Content Liked", "content-liked")]
    [InlineData("Content Shared", "content-shared")]
    [InlineData("Activity Joined", "activity-joined")]
    [InlineData("Check-in", "check-in")]
    [InlineData("Survey Answered", "survey-answered")]
    [InlineData("Product Introduced", "product-introduced")]
    [InlineData("Quote Sent", "quote-sent")]
    [InlineData("Referral Completed", "referral")]
    public void InteractionsHaveTheirKind(string eventName, string kind) =>
        SomeCalls.FactOf(SomeCalls.Track(eventName)).ShouldBe(new Interacted(At, Key, kind));

    [Theory]
    [InlineData("Product Viewed", """{"category":"tea","dwell":12.9}""", "tea", 12)]
    [InlineData("Product List Viewed", """{"category":"tea","dwell_seconds":"7"}""", "tea", 7)]
    [InlineData("Product Viewed", """{"time_on_page":3}""", null, 3)]
    public void ViewsAreBrowses(string eventName, string properties, string? category, int dwell) =>
        SomeCalls.FactOf(SomeCalls.Track(eventName, properties)).ShouldBe(new Browsed(At, Key, category, dwell));

    [Theory]
    [InlineData("""{"type":"page","userId":"u1","messageId":"m1","properties":{"category":"tea"}}""", "tea")]
    [InlineData("""{"type":"screen","userId":"u1","messageId":"m1","category":"home"}""", "home")]
    public void PagesAndScreensAreBrowses(string call, string category) =>
        SomeCalls.FactOf(call).ShouldBe(new Browsed(At, Key, category, 0));

    [Fact]
    public void TagsComeAndGo()
    {
        SomeCalls.FactOf(SomeCalls.Track("Tag Added", """{"tag":"vip"}""")).ShouldBe(new TagChanged(At, Key, "vip", true, Instant.Never));
        SomeCalls.FactOf(SomeCalls.Track("Tag Added", """{"tag":"vip","expires_at":"2026-07-01"}"""))
            .ShouldBe(new TagChanged(At, Key, "vip", true, Instant.From(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero))));
        SomeCalls.FactOf(SomeCalls.Track("Tag Removed", """{"tag":"vip"}""")).ShouldBe(new TagChanged(At, Key, "vip", false, Instant.Never));
    }

    [Fact]
    public void PlansPointsAndConsents()
    {
        SomeCalls.FactOf(SomeCalls.Track("Membership Purchased", """{"plan":"gold","until":"2027-06-01T00:00:00+08:00"}"""))
            .ShouldBe(new PlanPurchased(At, Key, "gold", Instant.From(new DateTimeOffset(2027, 6, 1, 0, 0, 0, TimeSpan.FromHours(8)))));
        SomeCalls.FactOf(SomeCalls.Track("Points Earned", """{"points":30}""")).ShouldBe(new PointsChanged(At, Key, 30));
        SomeCalls.FactOf(SomeCalls.Track("Points Redeemed", """{"points":"30.0"}""")).ShouldBe(new PointsChanged(At, Key, -30));
        SomeCalls.FactOf(SomeCalls.Track("Consent Granted", """{"purpose":"sms"}""")).ShouldBe(new ConsentChanged(At, Key, "sms", true));
        SomeCalls.FactOf(SomeCalls.Track("Consent Withdrawn", """{"purpose":"sms"}""")).ShouldBe(new ConsentChanged(At, Key, "sms", false));
    }

    [Fact]
    public void GroupsAreCommunitiesWithTheirSource()
    {
        SomeCalls.FactOf("""{"type":"group","userId":"u1","messageId":"m1","groupId":"g7","traits":{"source":"poster"}}""")
            .ShouldBe(new CommunityJoined(At, Key, "g7", "poster"));
        SomeCalls.FactOf(SomeCalls.Track("Group Joined", """{"group_id":"g7","source":"poster"}"""))
            .ShouldBe(new CommunityJoined(At, Key, "g7", "poster"));
    }

    [Fact]
    public void IdentifyKeepsTraitsAndReportsArrays()
    {
        var batch = SomeCalls.ReadAll(
            """
            {"type":"identify","anonymousId":"a1","messageId":"m1","traits":{"age":30,"city":"上\u6d77","vip":true,"none":null,
             "address":{"city":"x"},"list":[1],"huge":1e99,"age":31}}
            """);

        var item = batch.Items.Single();
        item.Customer.ShouldBe("anonymous:a1");
        item.Fact.ShouldBeOfType<TraitsSet>().Traits.ShouldBe(
        [
            new Trait("age", TraitValue.OfNumber(31)), new Trait("city", TraitValue.OfText("上海")), new Trait("vip", TraitValue.OfTruth(true)),
            new Trait("none", TraitValue.Removed), new Trait("address.city", TraitValue.OfText("x")),
        ]);
        batch.Notes.Select(note => note.Reason.ToString()).ShouldBe(
        [
            "list: left out: it is an array, expected a text, a number or a truth value",
            "huge: left out: the number is out of range",
        ]);
        batch.Notes[0].Place.ShouldStartWith("$.traits.list (byte ");
    }

    [Theory]
    [InlineData("birthday", "\"31/12/1990\"", "birthday: left out: it is no date such as 1990-02-28")]
    [InlineData("birthday", "19901231", "birthday: left out: it is no date such as 1990-02-28")]
    [InlineData("birthday", "\"1990-02-28T00:00:00Z\"", null)]
    [InlineData("birthday", "\"1990/02/28\"", null)]
    [InlineData("age", "-3", "age: left out: it is no whole number of years from 0 on")]
    [InlineData("age", "\"old\"", "age: left out: it is no whole number of years from 0 on")]
    [InlineData("age", "\"33\"", null)]
    public void AnAgeThatCannotBeReadIsLeftOut(string trait, string value, string? reason)
    {
        var batch = SomeCalls.ReadAll(
            $$"""{"type":"identify","userId":"u1","messageId":"m1","traits":{ "{{trait}}": {{value}}, "city":"x" } }""");

        batch.Notes.Select(note => note.Reason.ToString()).ShouldBe(reason is null ? [] : [reason]);
        batch.Items.Single().Fact.ShouldBeOfType<TraitsSet>().Traits.Select(one => one.Name).ShouldBe(reason is null ? [trait, "city"] : ["city"]);
    }

    [Fact]
    public void ABlankTagIsRejected() =>
        SomeCalls.ReadAll("""{"type":"track","event":"Tag Added","userId":"u1","messageId":"m1","properties":{"tag":"   "}}""")
            .Items.Single().Fact.ShouldBeNull();

    [Fact]
    public void WhatMayBeLeftOutIsReportedWhenItIsWrong()
    {
        var batch = SomeCalls.ReadAll(SomeCalls.Order(
            """{"order_id":"o","total":1,"category":5,"quantity":-1,"products":"none","channel":"wechat"}"""));

        batch.Items.Single().Fact.ShouldBe(new OrderPaid(At, Key, "o", 100, null, "wechat", 1));
        batch.Notes.Select(note => note.Reason.ToString()).ShouldBe(
            [
                "products: left out: it is a text, expected an array",
                "quantity: left out: it is no whole number of 0 to 1000000",
                "category: left out: it is a number, expected a text",
            ]);
    }

    [Fact]
    public void ManyMistakesInOneCallAreReportedUpToALimit()
    {
        var traits = string.Join(',', Enumerable.Range(0, 100).Select(number => $"\"t{number}\":[1]"));
        var batch = SomeCalls.ReadAll($$$"""{"type":"identify","userId":"u1","traits":{{{{traits}}}}}""");
        batch.Notes.Count.ShouldBe(16);
        batch.Notes[^1].Reason.ToString().ShouldEndWith("(further parts of this call are not reported)");
    }

    [Fact]
    public void EscapedNamesAndUnknownFieldsAndAByteOrderMarkAreNoMatter() =>
        SomeCalls.FactOf("\uFEFF" +
            """
            {"ty\u0070e":"tr\u0061ck","userId":"u1","messageId":"m1","event":"Check\u002din","integrations":{"All":[{"deep":[[]]}]},
             "properties":{"unknown":{"total":-1}},"_metadata":null}
            """).ShouldBe(new Interacted(At, Key, "check-in"));

    [Fact]
    public void OfTwoValuesForOneFieldTheLastWins() =>
        SomeCalls.FactOf(SomeCalls.Order("""{"order_id":"a","order_id":"b","total":1,"total":2}"""))
            .ShouldBe(new OrderPaid(At, Key, "b", 200));

    [Fact]
    public void EveryEventOfTheShippedMappingHasATranslation()
    {
        const string Everything =
            """{"order_id":"o","total":1,"tag":"t","plan":"p","until":"2027-01-01","points":1,"purpose":"s","group_id":"g"}""";
        foreach (var name in EventMapping.Shipped.Events.Keys)
            SomeCalls.Read(SomeCalls.Track(name, Everything)).Outcome.Reason.ShouldBeNull(name);
    }

    [Fact]
    public void ABrandsOwnNamesAreMapped()
    {
        var mapping = EventMapping.Shipped.With("brand.yaml",
            """
            events:
              下单: { fact: order-paid }
            properties:
              order-id: [订单号]
              total: [实付]
            """);
        var batch = new CallBatch(SomeCalls.ReceivedAt);
        var call = """{"type":"track","userId":"u1","messageId":"m1","event":"下单","properties":{"订单号":"o","实付":"8.8"}}""";
        new CallParser(mapping, Currency.Cny).ReadCall(Encoding.UTF8.GetBytes(call), CallKind.Any, batch).ShouldBeNull();
        batch.Items.Single().Fact.ShouldBe(new OrderPaid(At, Key, "o", 880));
    }
}
