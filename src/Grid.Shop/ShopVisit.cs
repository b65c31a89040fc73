using Grid.Model.Time;

namespace Grid.Shop;

/// <summary>One visit of a customer: pages, perhaps a discussion in the community, seldom an introduction, a referral or a tag.</summary>
internal sealed class ShopVisit(Chance chance, ShopOutbox outbox)
{
    private const double ProductViewShare = 0.45;
    private const double IntroducedShare = 0.02;
    private const double QuotedShareOfIntroduced = 0.3;
    private const double TaggedShare = 0.006;

    /// <summary>Mean pages and interactions of a visit, and the share of visits with a referral, by <see cref="Engagement"/>.</summary>
    private static readonly double[] Pages = [1.0, 1.6, 1.4, 1.0];
    private static readonly double[] Interactions = [0.05, 0.15, 0.9, 2.5];
    private static readonly double[] ReferralShares = [0.0005, 0.002, 0.01, 0.04];

    public void Happen(ShopCustomer customer, Instant at)
    {
        var engagement = (int)customer.Engagement;
        for (var left = chance.Geometric(Pages[engagement], ShopLimits.PagesPerVisitMax); left > 0; left--)
        {
            var seconds = 1 + (int)chance.Exponential(45);
            var kind = chance.Happens(ProductViewShare) ? ShopEventKind.ProductViewed : ShopEventKind.PageViewed;
            Add(kind, customer, at, Category(customer), seconds);
            at = at.Plus(seconds * MillisecondsPer.Second);
        }

        for (var left = chance.Geometric(Interactions[engagement], ShopLimits.InteractionsPerVisitMax); left > 0; left--)
        {
            Add(ShopEventKind.Interacted, customer, at, chance.Weighted(ShopCatalogue.InteractionWeights));
            at = at.Plus((long)(chance.Exponential(60) * MillisecondsPer.Second));
        }

        if (chance.Happens(IntroducedShare)) Introduce(customer, at);
        if (chance.Happens(ReferralShares[engagement])) Add(ShopEventKind.ReferralCompleted, customer, at);
        if (chance.Happens(TaggedShare))
        {
            var days = chance.Happens(0.5) ? 30 : 0;
            Add(ShopEventKind.TagAdded, customer, at, chance.Below(ShopCatalogue.Tags.Length), days);
        }
    }

    private void Introduce(ShopCustomer customer, Instant at)
    {
        var category = Category(customer);
        Add(ShopEventKind.ProductIntroduced, customer, at, category);
        if (!chance.Happens(QuotedShareOfIntroduced)) return;
        Add(ShopEventKind.QuoteSent, customer, at.Plus((long)(chance.Exponential(5) * MillisecondsPer.Hour)), category);
    }

    private int Category(ShopCustomer customer) =>
        chance.Happens(0.5) ? customer.FavouriteCategory : chance.Below(ShopCatalogue.Categories.Length);

    private void Add(ShopEventKind kind, ShopCustomer customer, Instant at, int subject = 0, int quantity = 0) =>
        outbox.Add(new ShopEvent(kind, customer, ++customer.Messages, at, at, subject, Quantity: quantity));
}
