using Grid.Model.Time;
using Grid.Shop;
using Shouldly;
using Xunit;

namespace Grid.Tests.Shop;

public sealed class DeliveriesOfAShopTests
{
    private static readonly List<ShopEvent> Events = [.. SomeShop.Create(customers: 4_000).Until(SomeShop.Day(120))];

    [Fact]
    public void ComeInOrderOfDelivery()
    {
        for (var index = 1; index < Events.Count; index++)
            Events[index].DeliveredAt.ShouldBeGreaterThanOrEqualTo(Events[index - 1].DeliveredAt);
    }

    [Fact]
    public void FollowWhatTheyTellWithinTheLimit()
    {
        foreach (var each in Events)
        {
            each.DeliveredAt.ShouldBeGreaterThanOrEqualTo(each.OccurredAt);
            var delay = each.DeliveredAt.Milliseconds - each.OccurredAt.Milliseconds;
            delay.ShouldBeLessThanOrEqualTo(ShopLimits.DeliveryDelayMillisecondsMax);
        }
    }

    [Fact]
    public void AreLateNowAndThen()
    {
        var late = Events.Count(each => each.DeliveredAt.Milliseconds - each.OccurredAt.Milliseconds > MillisecondsPer.Minute);
        var days = Events.Count(each => each.DeliveredAt.Milliseconds - each.OccurredAt.Milliseconds > MillisecondsPer.Day);
        ((double)late / Events.Count).ShouldBeInRange(0.02, 0.06);
        days.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void RepeatAMessageWordByWord()
    {
        var messages = Events.GroupBy(each => each.MessageId).ToList();
        var repeated = messages.Where(same => same.Count() > 1).ToList();
        ((double)repeated.Count / messages.Count).ShouldBeInRange(0.008, 0.012);
        foreach (var same in repeated) same.Select(SomeShop.Written).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void StartACustomerWithTheJoining()
    {
        var joined = Events.Where(each => each.Kind == ShopEventKind.Identified)
            .GroupBy(each => each.UserId).ToDictionary(same => same.Key, same => same.First().OccurredAt);
        foreach (var each in Events.Where(each => joined.ContainsKey(each.UserId)))
            each.OccurredAt.ShouldBeGreaterThanOrEqualTo(joined[each.UserId]);
    }

    [Fact]
    public void RefundOrCancelOnlyAnEarlierOrderAndNeverMoreThanItsAmount()
    {
        // Late orders may be delivered after their refund; what happened is in order all the same.
        var orders = Events.Where(each => each.Kind == ShopEventKind.OrderCompleted)
            .GroupBy(each => each.OrderId).ToDictionary(same => same.Key, same => same.First());
        var returns = Events.Where(each => each.Kind is ShopEventKind.OrderRefunded or ShopEventKind.OrderCancelled)
            .Where(each => orders.ContainsKey(each.OrderId)).ToList();
        returns.Count.ShouldBeGreaterThan(50);
        foreach (var each in returns)
        {
            var order = orders[each.OrderId];
            each.OccurredAt.ShouldBeGreaterThan(order.OccurredAt);
            each.Customer.ShouldBeSameAs(order.Customer);
            (each.Amount ?? 1).ShouldBeInRange(1, order.Amount!.Value);
        }

        returns.ShouldContain(each => each.Kind == ShopEventKind.OrderCancelled);
        returns.ShouldContain(each => each.Kind == ShopEventKind.OrderRefunded && each.Amount == null);
        returns.ShouldContain(each => each.Amount != null && each.Amount < orders[each.OrderId].Amount);
        var share = (double)returns.Where(each => each.Kind == ShopEventKind.OrderRefunded).DistinctBy(each => each.OrderId).Count()
            / orders.Count;

        // Four standard deviations of a share of 3 % among so many orders.
        share.ShouldBe(0.03, 4 * Math.Sqrt(0.03 * 0.97 / orders.Count));
    }

    [Fact]
    public void PeakInTheEvening()
    {
        var byHour = Events.CountBy(each => each.OccurredAt.Plus(8 * MillisecondsPer.Hour).ToDateTimeOffset().Hour).ToDictionary();
        byHour[21].ShouldBe(byHour.Values.Max());
        byHour[21].ShouldBeGreaterThan(5 * byHour[3]);
    }

    [Fact]
    public void ComeMostlyFromAFewCustomers()
    {
        var interactions = Events.Where(each => each.Kind == ShopEventKind.Interacted).ToList();
        var fromFew = interactions.Count(each => each.Customer.Engagement is Engagement.Koc or Engagement.Active);
        ((double)fromFew / interactions.Count).ShouldBeGreaterThan(0.8);
    }
}
