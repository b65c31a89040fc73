using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Order Refunded as shops and plugins send it.</summary>
public sealed class RefundsOfRealSendersTests
{
    [Theory]
    [InlineData("\"total\":30", 3000L, 0)]
    [InlineData("\"revenue\":12.5", 1250L, 0)]
    [InlineData("\"total\":\"\",\"revenue\":\"12.50\"", 1250L, 0)]
    [InlineData("\"total\":null,\"revenue\":19.989999999999998", 1999L, 0)]
    [InlineData("\"total\":30,\"revenue\":12.5,\"products\":[{\"price\":1}]", 3000L, 0)]
    [InlineData("\"products\":[{\"product_id\":\"p\",\"price\":19.99,\"quantity\":2}]", 3998L, 2)]
    [InlineData("\"products\":[{\"price\":\"19.99\"},{\"price\":5,\"quantity\":\"3\"}]", 3499L, 4)]
    [InlineData("\"products\":[{\"price\":3.3333,\"quantity\":3},{\"price\":0.0001}]", null, -1)]
    [InlineData("\"products\":[{\"price\":0.125,\"quantity\":8}]", 100L, 8)]
    [InlineData("\"products\":[{\"price\":0,\"quantity\":1}]", 0L, 1)]
    [InlineData("\"products\":[{\"product_id\":\"p\",\"quantity\":1}]", null, 1)]
    [InlineData("\"products\":[{\"price\":5},{\"price\":null}]", null, 2)]
    [InlineData("\"products\":[{\"price\":5},{\"price\":\"\"}]", null, 2)]
    [InlineData("\"products\":[\"sku-1\",\"sku-2\"]", null, 2)]
    [InlineData("\"products\":[{\"quantity\":0}]", 0L, 0)]
    [InlineData("\"products\":[]", null, 0)]
    [InlineData("\"products\":null", null, 0)]
    [InlineData("\"products\":[{\"price\":-5}]", null, -1)]
    [InlineData("\"products\":[{\"price\":{}}]", null, -1)]
    [InlineData("\"products\":[{\"price\":5,\"quantity\":-1}]", null, -1)]
    [InlineData("\"products\":[{\"price\":5,\"quantity\":1.5}]", null, -1)]
    [InlineData("\"products\":\"sku-1\"", null, -1)]
    [InlineData("\"products\":[{\"price\":9999999999,\"quantity\":1000000}]", null, -1)]
    public void NameTheirAmountInOneOfThreeWays(string properties, long? amount, int pieces)
    {
        var item = SomeCalls.Read(SomeCalls.Track("Order Refunded", $$"""{"order_id":"o1",{{properties}}}"""));
        if (pieces < 0)
        {
            item.Outcome.Kind.ShouldBe(OutcomeKind.Rejected);
            return;
        }

        item.Outcome.Reason.ShouldBeNull();
        var refund = item.Fact.ShouldBeOfType<OrderRefunded>();
        (refund.Amount, refund.Pieces).ShouldBe((amount, pieces));
    }

    [Theory]
    [InlineData("[{\"sku\":\"a\"},{\"sku\":\"b\",\"quantity\":2}]", 3)]
    [InlineData("[\"a\",\"b\"]", 2)]
    [InlineData("[null,{\"sku\":\"a\"}]", 1)]
    [InlineData("[{\"sku\":\"a\",\"quantity\":\"\"}]", 1)]
    public void MeetOrdersWhosePiecesAreCountedAlike(string products, int pieces) =>
        SomeCalls.FactOf(SomeCalls.Order($$"""{"order_id":"o1","total":1,"products":{{products}}}""")).ShouldBeOfType<OrderPaid>().Quantity
            .ShouldBe(pieces);
}
