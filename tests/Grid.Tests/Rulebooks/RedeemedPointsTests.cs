using Grid.Api.Customers;
using Grid.Grains;
using Grid.Grains.Customers;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Rulebooks;

/// <summary>Many concurrent redemptions of one customer: each is decided in a turn of its own, so that no point is spent twice.</summary>
public sealed class RedeemedPointsTests
{
    [Fact]
    public async Task AreNeverMoreThanThereWereHoweverManyAskAtOnce()
    {
        await using var grid = await GridApplication.Start();
        await grid.Order("c", amount: 100_00);
        var customer = grid.Of<IGrainFactory>().Customer(new CustomerId("c"));
        var now = grid.Now;

        // 100 points by the shipped rule, a point per 1.00; each redemption is sent twice, as by a client that got no answer.
        var replies = await Task.WhenAll(Enumerable.Range(0, 80).Select(number => Task.Run(async () =>
            (await customer.Record(new FactBatch([new PointsChanged(now, MessageKey.From($"r{number / 2}"), -7)]))).Outcomes.Single().Kind)));

        replies.Count(kind => kind == OutcomeKind.Accepted).ShouldBe(14);
        replies.Count(kind => kind == OutcomeKind.Duplicate).ShouldBe(14);
        replies.Count(kind => kind == OutcomeKind.Rejected).ShouldBe(52);
        (await grid.Of<CustomerReader>().Read(new CustomerId("c"))).ShouldNotBeNull().View(Currency.Cny).Totals.Points.ShouldBe(2);
    }
}
