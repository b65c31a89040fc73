using System.Text.Json;
using Grid.Model.Time;
using Grid.Shop;
using Shouldly;
using Xunit;

namespace Grid.Tests.Shop;

public sealed class CallsOfAShopTests
{
    private static readonly List<ShopEvent> Events = [.. SomeShop.Create(customers: 3_000).Until(SomeShop.Day(60))];

    [Fact]
    public void CarryWhatEveryCallMust()
    {
        foreach (var shopEvent in Events)
        {
            var call = Call(shopEvent);
            call.GetProperty("type").GetString().ShouldBeOneOf("track", "identify", "page", "group");
            call.GetProperty("userId").GetString().ShouldBe(shopEvent.UserId);
            call.GetProperty("messageId").GetString().ShouldBe(shopEvent.MessageId);
            Instant.From(call.GetProperty("timestamp").GetDateTimeOffset()).ShouldBe(shopEvent.OccurredAt);
            call.TryGetProperty("sentAt", out _).ShouldBeFalse();
            if (call.GetProperty("type").GetString() == "track") call.GetProperty("event").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public void CoverEveryKind()
    {
        var kinds = Events.Select(each => each.Kind).Distinct();
        kinds.ShouldBe(Enum.GetValues<ShopEventKind>(), ignoreOrder: true);
        var names = Events.Where(each => each.Kind == ShopEventKind.Interacted).Select(each => Call(each).GetProperty("event").GetString());
        names.Distinct().ShouldBe(ShopCatalogue.Interactions, ignoreOrder: true);
        ShopCatalogue.InteractionWeights.Length.ShouldBe(ShopCatalogue.Interactions.Length);
    }

    [Fact]
    public void SayAnOrderInYuan()
    {
        foreach (var order in Events.Where(each => each.Kind == ShopEventKind.OrderCompleted))
        {
            var properties = Properties(order, "Order Completed");
            properties.GetProperty("order_id").GetString().ShouldBe(order.OrderId);
            (properties.GetProperty("total").GetDecimal() * 100).ShouldBe(order.Amount!.Value);
            properties.GetProperty("currency").GetString().ShouldBe("CNY");
            properties.GetProperty("channel").GetString().ShouldBeOneOf(ShopCatalogue.Channels);
            var product = properties.GetProperty("products")[0];
            product.GetProperty("quantity").GetInt32().ShouldBeGreaterThan(0);
            product.GetProperty("category").GetString().ShouldBeOneOf(ShopCatalogue.Categories);
        }
    }

    [Fact]
    public void SayARefundWithItsAmountOrWithout()
    {
        foreach (var refund in Events.Where(each => each.Kind == ShopEventKind.OrderRefunded))
        {
            var properties = Properties(refund, "Order Refunded");
            properties.GetProperty("order_id").GetString().ShouldBe(refund.OrderId);
            properties.TryGetProperty("total", out var total).ShouldBe(refund.Amount != null);
            if (refund.Amount is { } amount) (total.GetDecimal() * 100).ShouldBe(amount);
        }
    }

    [Fact]
    public void SayACancellationAndATag()
    {
        var cancelled = Events.First(each => each.Kind == ShopEventKind.OrderCancelled);
        Properties(cancelled, "Order Cancelled").GetProperty("order_id").GetString().ShouldBe(cancelled.OrderId);
        var tagged = Events.First(each => each is { Kind: ShopEventKind.TagAdded, Quantity: > 0 });
        var properties = Properties(tagged, "Tag Added");
        properties.GetProperty("tag").GetString().ShouldBeOneOf(ShopCatalogue.Tags);
        Instant.From(properties.GetProperty("expiresAt").GetDateTimeOffset())
            .ShouldBe(tagged.OccurredAt.Plus(tagged.Quantity * MillisecondsPer.Day));
    }

    [Fact]
    public void SayAViewWithCategoryAndDwell()
    {
        foreach (var view in Events.Where(each => each.Kind is ShopEventKind.PageViewed or ShopEventKind.ProductViewed))
        {
            var properties = Call(view).GetProperty("properties");
            properties.GetProperty("category").GetString().ShouldBeOneOf(ShopCatalogue.Categories);
            properties.GetProperty("dwell_seconds").GetInt32().ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void SayWhoACustomerIsAndWhereTheyJoined()
    {
        foreach (var identified in Events.Where(each => each.Kind == ShopEventKind.Identified))
        {
            var traits = Call(identified).GetProperty("traits");
            traits.GetProperty("age").GetInt32().ShouldBeInRange(16, 80);
            traits.GetProperty("gender").GetString().ShouldBeOneOf("female", "male");
            traits.GetProperty("city").GetString().ShouldNotBeNullOrEmpty();
            traits.GetProperty("cityTier").GetInt32().ShouldBeInRange(1, 5);
            traits.GetProperty("channel").GetString().ShouldBeOneOf(ShopCatalogue.Channels);
        }

        var joined = Call(Events.First(each => each.Kind == ShopEventKind.GroupJoined));
        joined.GetProperty("groupId").GetString().ShouldBeOneOf(ShopCatalogue.Groups);
        joined.GetProperty("traits").GetProperty("source").GetString().ShouldBeOneOf(ShopCatalogue.Sources);
    }

    private static JsonElement Call(ShopEvent shopEvent) => JsonElement.Parse(SomeShop.Written(shopEvent));

    private static JsonElement Properties(ShopEvent shopEvent, string name)
    {
        var call = Call(shopEvent);
        call.GetProperty("event").GetString().ShouldBe(name);
        return call.GetProperty("properties");
    }
}
