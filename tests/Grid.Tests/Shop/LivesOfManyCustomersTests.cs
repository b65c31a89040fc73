using Grid.Model.Time;
using Grid.Shop;
using Shouldly;
using Xunit;

namespace Grid.Tests.Shop;

/// <summary>
/// The shop's buyers against the expectations of their models, as published for the CDNOW set. Bounds are four standard errors
/// of the sample.
/// </summary>
public sealed class LivesOfManyCustomersTests
{
    private const int LongestWeeks = 78;

    private static readonly List<List<ShopEvent>> Buyers = Live();

    [Theory]
    [InlineData(1, 0.053184743158768664)]
    [InlineData(3, 0.15063193786026502)]
    [InlineData(32, 1.0437372555286972)]
    [InlineData(LongestWeeks, 1.8579717102322184)]
    public void OrderAgainAsOftenAsBgNbdExpects(int weeks, double expected)
    {
        // Whole weeks after the first order: the rhythm of the day bends nothing there.
        Check(Buyers.Select(orders => (double)orders.Count(each => Within(each, orders[0], weeks)) - 1), expected);
    }

    [Fact]
    public void SpendPerOrderWhatGammaGammaExpects()
    {
        var expectedDollars = BuyingModel.SpendShape * BuyingModel.SpendRateDollars / (BuyingModel.SpendRateShape - 1);
        expectedDollars.ShouldBe(35.17, 0.01);
        Check(Buyers.Select(orders => orders[0].Amount!.Value / 100.0), expectedDollars * BuyingModel.YuanPerDollar);
    }

    [Fact]
    public void SpendAlikeFromOrderToOrder()
    {
        // Heterogeneity: two orders of one customer are closer than two of strangers. In logarithms the share of the variance that
        // lies between customers is trigamma(q) / (trigamma(q) + trigamma(p)), with trigamma(x) near 1/x + 1/2x² + 1/6x³.
        var pairs = Buyers.Where(orders => orders.Count > 1)
            .Select(orders => (First: Math.Log(orders[0].Amount!.Value), Second: Math.Log(orders[1].Amount!.Value))).ToList();
        var between = Trigamma(BuyingModel.SpendRateShape);
        var expected = between / (between + Trigamma(BuyingModel.SpendShape));
        var (first, second) = (pairs.Average(pair => pair.First), pairs.Average(pair => pair.Second));
        var covariance = pairs.Average(pair => (pair.First - first) * (pair.Second - second));
        var correlation = covariance / Math.Sqrt(
            pairs.Average(pair => Math.Pow(pair.First - first, 2)) * pairs.Average(pair => Math.Pow(pair.Second - second, 2)));
        correlation.ShouldBe(expected, 4 * (1 - expected * expected) / Math.Sqrt(pairs.Count));
    }

    [Fact]
    public void IncludeSomeWhoNeverBuy()
    {
        (Buyers.Count / (double)CustomersInAll).ShouldBe(0.65, 4 * Math.Sqrt(0.65 * 0.35 / CustomersInAll));
    }

    private const int CustomersInAll = 10_000;

    /// <summary>The orders of each buyer whose first one lies far enough back, in the order in which they occurred.</summary>
    private static List<List<ShopEvent>> Live()
    {
        var shop = SomeShop.Create(seed: 20, customers: CustomersInAll, arrivalsPerDay: 0, pastDays: 7);
        var end = SomeShop.Day(7 * LongestWeeks + 120);
        return
        [
            .. shop.Until(end)
                .Where(each => each.Kind == ShopEventKind.OrderCompleted)
                .DistinctBy(each => each.MessageId)
                .GroupBy(each => each.Customer)
                .Select(same => same.OrderBy(each => each.OccurredAt).ToList())
                .Where(orders => orders[0].OccurredAt.Plus(LongestWeeks * 7 * MillisecondsPer.Day) <= end),
        ];
    }

    private static bool Within(ShopEvent order, ShopEvent first, int weeks) =>
        order.OccurredAt <= first.OccurredAt.Plus(weeks * 7 * MillisecondsPer.Day);

    private static void Check(IEnumerable<double> sample, double expected)
    {
        var values = sample.ToList();
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        mean.ShouldBe(expected, 4 * deviation / Math.Sqrt(values.Count));
    }

    private static double Trigamma(double x) => 1 / x + 1 / (2 * x * x) + 1 / (6 * x * x * x);
}
