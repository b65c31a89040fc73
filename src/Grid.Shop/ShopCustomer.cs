using Grid.Model.Time;

namespace Grid.Shop;

/// <summary>How much a customer takes part in the community.</summary>
internal enum Engagement : byte
{
    Silent,
    Lurking,
    Active,

    /// <summary>A key opinion consumer: there are few, and they write most of the comments.</summary>
    Koc,
}

/// <summary>One simulated customer: its properties, sampled once on joining, and the present state of its life.</summary>
internal sealed class ShopCustomer
{
    private static readonly double[] EngagementShares = [0.55, 0.28, 0.14, 0.03];
    private static readonly double[] VisitsPerWeek = [0.15, 1.0, 2.5, 7.0];
    private static readonly double[] CityWeights = [10, 10, 8, 8, 7, 7, 6, 6, 4, 4, 3, 3, 2, 2];
    private static readonly double[] ChannelWeights = [40, 25, 20, 15];

    /// <summary>A customer who never buys still joins and visits.</summary>
    private const double BuyersShare = 0.65;
    private const double WomenShare = 0.62;
    private const double AgeMean = 33;
    private const double AgeDeviation = 10;
    private const double InterestDaysMean = 150;

    /// <summary>The share of a customer's visits that remains after it has lost interest.</summary>
    private const double VisitsLeft = 0.15;

    public ShopCustomer(int shopSeed, int number, double joinedEven, Chance chance)
    {
        ShopSeed = shopSeed;
        Number = number;
        OrdersPerWeek = BuyingModel.DrawOrdersPerWeek(chance);
        DropOut = BuyingModel.DrawDropOut(chance);
        SpendRate = BuyingModel.DrawSpendRate(chance);
        Buys = chance.Happens(BuyersShare);
        Engagement = (Engagement)chance.Weighted(EngagementShares);
        InterestEndsEven = joinedEven + chance.Exponential(InterestDaysMean) * MillisecondsPer.Day;
        Age = (byte)Math.Clamp(Math.Round(AgeMean + AgeDeviation * chance.Normal()), 16, 80);
        City = (byte)chance.Weighted(CityWeights);
        Channel = (byte)chance.Weighted(ChannelWeights);
        Woman = chance.Happens(WomenShare);
        FavouriteCategory = (byte)chance.Below(ShopCatalogue.Categories.Length);
    }

    public int ShopSeed { get; }

    public int Number { get; }

    /// <summary>Repeat orders a week while not lost (λ of BG/NBD).</summary>
    public double OrdersPerWeek { get; }

    /// <summary>The probability of being lost after each repeat order (p of BG/NBD).</summary>
    public double DropOut { get; }

    /// <summary>The rate of the gamma distribution of order amounts (ν of gamma-gamma), in 1/dollars.</summary>
    public double SpendRate { get; }

    public bool Buys { get; }

    public Engagement Engagement { get; }

    public byte Age { get; }

    public byte City { get; }

    public byte Channel { get; }

    public bool Woman { get; }

    public byte FavouriteCategory { get; }

    /// <summary>The instant, in even time (<see cref="DayRhythm"/>), from which visits are rare.</summary>
    public double InterestEndsEven { get; set; }

    public int Orders { get; set; }

    /// <summary>Events so far; the next event's message id counts on from here.</summary>
    public int Messages { get; set; }

    public double VisitsPerWeekAt(double even) =>
        VisitsPerWeek[(int)Engagement] * (even < InterestEndsEven ? 1 : VisitsLeft);
}
