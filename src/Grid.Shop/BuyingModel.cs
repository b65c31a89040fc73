namespace Grid.Shop;

/// <summary>
/// How heterogeneous customers buy: BG/NBD for when, gamma-gamma for how much. The parameters are those fitted on the public CDNOW
/// set: Fader, Hardie and Lee (2005), "Counting your customers the easy way" (time in weeks), and Fader and Hardie (2013), "The
/// gamma-gamma model of monetary value" (spend per transaction in dollars).
/// </summary>
internal static class BuyingModel
{
    /// <summary>Repeat orders a week are Gamma(r, α) over customers: 0.055 on average, most of them far fewer.</summary>
    public const double RateShape = 0.24259290363950275;
    public const double RateScaleWeeks = 4.413531321660997;

    /// <summary>After each repeat order a customer is lost with a probability that is Beta(a, b) over customers: 0.25 on average.</summary>
    public const double DropOutA = 0.792886756131999;
    public const double DropOutB = 2.4257560404169;

    /// <summary>A customer's order amounts are Gamma(p, ν), and ν is Gamma(q, v) over customers: $35.17 on average.</summary>
    public const double SpendShape = 6.248803318898931;
    public const double SpendRateShape = 3.7445881059760797;
    public const double SpendRateDollars = 15.447743951497326;

    /// <summary>Dollars of the fitted set to yuan of the simulated shop: a round exchange rate.</summary>
    public const double YuanPerDollar = 7;

    private const double FenPerYuan = 100;

    /// <summary>Repeat orders a week of one customer.</summary>
    public static double DrawOrdersPerWeek(Chance chance) => chance.Gamma(RateShape, RateScaleWeeks);

    public static double DrawDropOut(Chance chance) => chance.Beta(DropOutA, DropOutB);

    /// <summary>The rate ν of one customer's order amounts, in 1/dollars; the mean amount is p / ν.</summary>
    public static double DrawSpendRate(Chance chance) => chance.Gamma(SpendRateShape, SpendRateDollars);

    /// <summary>An order's amount in fen, at least one.</summary>
    public static long DrawAmount(Chance chance, double spendRate) =>
        Math.Max(1, (long)Math.Round(chance.Gamma(SpendShape, spendRate) * YuanPerDollar * FenPerYuan));
}
