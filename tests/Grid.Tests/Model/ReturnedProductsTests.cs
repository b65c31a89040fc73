using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model;

/// <summary>A refund that names products, before and after its order: the result is the same.</summary>
public sealed class ReturnedProductsTests
{
    [Theory]
    [InlineData(3, 300, 1, 100L, 100, "one of three pieces")]
    [InlineData(3, 300, 2, 200L, 200, "two of three")]
    [InlineData(3, 310, 3, 300L, 310, "all pieces take back the shipping as well")]
    [InlineData(3, 290, 3, 300L, 290, "all pieces of a discounted order")]
    [InlineData(3, 290, 4, 400L, 290, "more than were ordered")]
    [InlineData(3, 50, 2, 200L, 50, "never more than the order")]
    [InlineData(3, 300, 1, 0L, 0, "a gift without a price of its own")]
    [InlineData(3, 300, 3, null, 300, "all pieces need no price")]
    [InlineData(1, 300, 1, null, 300, "an order of one piece")]
    [InlineData(3, 300, 0, 70L, 70, "an amount and no products")]
    [InlineData(3, 300, 0, null, 300, "neither")]
    public void TakeBackTheirPriceOrTheRest(int ordered, long amount, int returned, long? price, long counted, string circumstance)
    {
        foreach (var isRefundFirst in (bool[])[false, true])
        {
            var customer = new Customer();
            Fact[] facts = [new OrderPaid(At(1), Key("o"), "o1", amount, Quantity: ordered), new OrderRefunded(At(2), Key("r"), "o1", price, returned)];
            if (isRefundFirst) Array.Reverse(facts);
            foreach (var fact in facts) customer.Apply(fact).ShouldBe(FactOutcome.Accepted, circumstance);
            customer.Orders.Refunds[0].Counted.ShouldBe(counted, circumstance);
            Reopened(customer).Orders.Refunds[0].Counted.ShouldBe(counted, circumstance);
            customer.Apply(facts[0]).ShouldBe(FactOutcome.Duplicate);
            customer.Apply(facts[1]).ShouldBe(FactOutcome.Duplicate);
        }
    }

    [Fact]
    public void AreRejectedWhenTheirPriceIsUnknownAndLeaveTheSameStateInAnyOrder()
    {
        var (order, refund) = (new OrderPaid(At(5), Key("o"), "o1", 300, Quantity: 3), new OrderRefunded(At(2), Key("r"), "o1", null, 2));
        var (inOrder, inDisorder) = (new Customer(), new Customer());

        inOrder.Apply(order).ShouldBe(FactOutcome.Accepted);
        var outcome = inOrder.Apply(refund);
        inDisorder.Apply(refund).ShouldBe(FactOutcome.Accepted, "it waits for its order");
        inDisorder.Apply(order).ShouldBe(FactOutcome.Accepted);

        (outcome.Kind, outcome.Reason == Reasons.RefundAmountUnknown).ShouldBe((OutcomeKind.Rejected, true));
        inOrder.Apply(refund).Kind.ShouldBe(OutcomeKind.Rejected, "sent again");
        (inOrder.Orders.Refunds[0].Counted, inOrder.Orders.Refunds[0].IsAmountUnknown).ShouldBe((0, true));
        Encoded(inOrder).ShouldBe(Encoded(inDisorder));
        Encoded(Reopened(inOrder)).ShouldBe(Encoded(inDisorder));
    }

    /// <summary>The order that counts is the earlier one, whichever arrives first.</summary>
    [Fact]
    public void AreSettledWithTheOrderThatCounts()
    {
        Fact[] facts =
        [
            new OrderPaid(At(1), Key("a"), "o1", 200, Quantity: 2), new OrderPaid(At(2), Key("b"), "o1", 300, Quantity: 3),
            new OrderRefunded(At(3), Key("r"), "o1", null, 2),
        ];
        byte[]? bytes = null;
        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            var customer = new Customer();
            foreach (var index in order) customer.Apply(facts[index]);
            customer.Orders.Refunds[0].Counted.ShouldBe(200);
            Encoded(customer).ShouldBe(bytes ??= Encoded(customer));
        }
    }

    [Theory]
    [InlineData(250L, 250)]
    [InlineData(null, 0)]
    public void OfAnUnknownOrderCountAsFarAsTheyHaveAPrice(long? price, long counted)
    {
        var customer = new Customer();
        customer.Apply(new OrderRefunded(At(2), Key("r"), "nowhere", price, 2)).ShouldBe(FactOutcome.Accepted);
        (customer.Orders.Refunds[0].Counted, customer.Orders.Refunds[0].HasOrder).ShouldBe((counted, false));
    }

    private static Instant At(int second) => new(second * 1_000L);

    private static MessageKey Key(string text) => MessageKey.From(text);

    private static byte[] Encoded(Customer customer)
    {
        var writer = new ByteWriter();
        CustomerCodec.Encode(writer, customer);
        return writer.ToArray();
    }

    private static Customer Reopened(Customer customer)
    {
        var opened = new Customer();
        CustomerCodec.Decode(customer.Id, Encoded(customer), opened);
        return opened;
    }
}
