using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;
using static Grid.Tests.Model.FoldedOrdersTests;

namespace Grid.Tests.Model;

/// <summary>
/// States of builds that folded refunds without their instants, and of such builds beside this one. Their states are those of this build without the
/// section of the order history: the base is the same.
/// </summary>
public sealed class OrdersFoldedByEarlierBuildsTests
{
    private static readonly Window Month = Window.Rolling(30 * MillisecondsPer.Day, "30d");

    [Fact]
    public void KeepTheirRefundsInLifetimeTotals()
    {
        var customer = Opened(Base(Encoded(Begin(Refund(Day(599), "1", 4_000)))));
        customer.Orders.Refunded(Window.All, Day(600)).ShouldBe(4_000);
        customer.Orders.Refunded(Month, Day(600)).ShouldBe(0);
        customer.Apply(Refund(Day(599), "1", 4_000)).ShouldBe(FactOutcome.Duplicate);
        Encoded(customer).ShouldBe(Base(Encoded(customer)));
    }

    [Fact]
    public void TakeDatedRefundsOfWhatIsLeft()
    {
        var customer = Opened(Base(Encoded(Begin(Refund(Day(500), "1", 7_000)))));
        customer.Apply(Refund(Day(599), "1", 4_000, "second"));
        for (var again = 0; again < 3; again++)
        {
            customer.Orders.Refunded(Window.All, Day(600)).ShouldBe(10_000);
            customer.Orders.Refunded(Month, Day(600)).ShouldBe(3_000);
            customer.Orders.Count(Window.All, Day(600), excludeRefunded: true).ShouldBe(599);
            customer = Opened(Encoded(customer));
        }
    }

    [Fact]
    public void AreReconciledWithWhatAnEarlierBuildTookSince()
    {
        // This build dates a refund, an earlier one takes another, and cancels a further order.
        var here = Encoded(Begin(Refund(Day(599), "1", 4_000)));
        var there = Opened(here);
        there.Apply(Refund(Day(600), "1", 2_000, "of the earlier build"));
        there.Apply(Cancellation(Day(600), "2"));
        byte[] mixed = [.. Base(Encoded(there)), .. here[Base(here).Length..]];

        var customer = Opened(mixed);
        for (var again = 0; again < 3; again++)
        {
            customer.Orders.Refunded(Month, Day(600)).ShouldBe(4_000);
            customer.Orders.Refunded(Window.All, Day(600)).ShouldBe(6_000);
            customer.Orders.Count(Window.All, Day(600)).ShouldBe(599);
            customer = Opened(Encoded(customer));
        }

        customer.Apply(Refund(Day(600), "1", 2_000, "of the earlier build")).ShouldBe(FactOutcome.Duplicate);
        customer.Apply(Cancellation(Day(600), "2")).ShouldBe(FactOutcome.Duplicate);
        customer.Apply(Refund(Day(600), "1", null, "rest"));
        customer.Orders.Refunded(Month, Day(600)).ShouldBe(8_000);
        customer.Orders.Refunded(Window.All, Day(600)).ShouldBe(10_000);
    }

    [Fact]
    public void KeepACancellationWhoseInstantIsLost()
    {
        var customer = Opened(Base(Encoded(Begin(Cancellation(Day(599), "1")))));
        customer.Orders.Count(Window.All, Day(600)).ShouldBe(599);
        Encoded(Opened(Encoded(customer))).ShouldBe(Encoded(customer));
    }

    private static Customer Begin(Fact further)
    {
        var customer = new Customer();
        for (var index = 0; index < 600; index++) customer.Apply(Order(Day(index), $"{index}"));
        customer.Apply(further).ShouldBe(FactOutcome.Accepted);
        return customer;
    }

    /// <summary>A state without its section of the order history, which is its last one.</summary>
    private static byte[] Base(byte[] state)
    {
        for (var start = state.Length - 1; start > 0; start--)
            if (state[start] == 2 && EndsAfter(state.AsSpan(start + 1)))
                return state[..start];
        return state;
    }

    private static bool EndsAfter(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new ByteReader(bytes);
            return reader.Bytes().Length > 2 && reader.AtEnd;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
