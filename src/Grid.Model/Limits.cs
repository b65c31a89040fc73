namespace Grid.Model;

/// <summary>Every bound of a customer's state, its unit last. Each says what happens when it is reached.</summary>
public static class Limits
{
    /// <summary>A longer id is rejected.</summary>
    public const int CustomerIdBytesMax = 256;

    /// <summary>A longer name (kind, category, channel, tag, trait, plan, purpose) is rejected.</summary>
    public const int NameBytesMax = 128;

    /// <summary>A longer order id is rejected.</summary>
    public const int OrderIdBytesMax = 128;

    /// <summary>A longer text value of a trait is rejected.</summary>
    public const int TraitTextBytesMax = 512;

    /// <summary>One more trait name is rejected.</summary>
    public const int TraitsMax = 128;

    /// <summary>One more tag name is rejected.</summary>
    public const int TagsMax = 256;

    /// <summary>One more purpose is rejected.</summary>
    public const int ConsentsMax = 32;

    /// <summary>One more plan purchase is rejected.</summary>
    public const int PlansMax = 128;

    /// <summary>One more community is rejected.</summary>
    public const int CommunitiesMax = 64;

    /// <summary>
    /// Beyond this the oldest orders keep only their instant, amount, refunds and cancellation: counts and sums stay exact in every window, while
    /// favourites, categories and intervals read the others only. The customer's answers state from when the detail is complete.
    /// </summary>
    public const int OrdersDetailedMax = 512;

    /// <summary>Folded orders are still known by id, so that each counts once for ever; one more is rejected.</summary>
    public const int OrdersFoldedMax = 16_384;

    /// <summary>One more refund (those of folded orders included) or cancellation is rejected.</summary>
    public const int RefundsMax = 1_024;

    /// <summary>
    /// Beyond this the oldest hours of interactions (and of browses), each with its quarters, are folded into lifetime totals: up to 8,192 quarters.
    /// </summary>
    public const int HourBucketsMax = 2_048;

    /// <summary>One more kind of interaction, or category browsed, per customer is rejected.</summary>
    public const int KindsMax = 128;

    /// <summary>
    /// Message ids remembered besides those of orders and refunds, the oldest accepted forgotten first. A re-delivery further back
    /// is still recognised where the fact itself decides (orders, refunds, traits, tags, consents); an interaction counts again.
    /// </summary>
    public const int MessageKeysMax = 1_024;

    /// <summary>Largest amount of one order or refund in minor units; sums of all a customer's orders then fit 64 bits.</summary>
    public const long AmountMax = 1_000_000_000_000;

    /// <summary>An event further in the future is rejected.</summary>
    public const long FutureMillisecondsMax = 24 * 60 * 60 * 1000;

    /// <summary>Earliest instant accepted (1900-01-01T00:00:00Z), in milliseconds since 1970.</summary>
    public const long EarliestMilliseconds = -2_208_988_800_000;

    /// <summary>Layers of one scheme; a scheme with more is refused.</summary>
    public const int LayersMax = 64;

    /// <summary>Schemes of one rulebook; a rulebook with more is refused.</summary>
    public const int SchemesMax = 64;

    /// <summary>Earlier rulebooks kept compiled; customers under still earlier ones have every scheme decided again when they move.</summary>
    public const int RulebooksAtHandMax = 4;
}
