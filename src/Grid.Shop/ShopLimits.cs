using Grid.Model.Time;

namespace Grid.Shop;

/// <summary>Every bound of the simulated shop and its sender, its unit last.</summary>
internal static class ShopLimits
{
    /// <summary>Events of a batch. A full batch is sent before the next event is sampled, so that no more events wait in memory.</summary>
    public const int BatchEventsMax = 100;

    /// <summary>The longest time between an event and its late delivery; a longer sampled delay is cut to it.</summary>
    public const long DeliveryDelayMillisecondsMax = 4 * MillisecondsPer.Day;

    /// <summary>A refund follows its order within these days.</summary>
    public const int RefundDelayDaysMax = 14;

    /// <summary>A customer whose next order lies further away is assumed never to order again.</summary>
    public const double OrderGapWeeksMax = 52 * 50;

    /// <summary>Pages, and interactions, after which a visit ends.</summary>
    public const int PagesPerVisitMax = 12;

    public const int InteractionsPerVisitMax = 12;

    /// <summary>
    /// After a restart the shop sends this much of its time again before the last acknowledged instant; the grid recognises the duplicates by message
    /// id.
    /// </summary>
    public const long ResumeOverlapMilliseconds = MillisecondsPer.Day;

    /// <summary>A request unanswered for this long is cancelled and sent again.</summary>
    public const int RequestTimeoutSeconds = 30;

    /// <summary>How often the clock is read while there is nothing to send.</summary>
    public const int PollMilliseconds = 100;

    /// <summary>The first pause after a refused or failed attempt that names none itself.</summary>
    public const int RetryPauseMilliseconds = 200;

    /// <summary>Characters of an unsuccessful answer that the failure quotes.</summary>
    public const int QuotedAnswerCharactersMax = 500;

    /// <summary>The pause between two attempts doubles up to this; a longer Retry-After is shortened to it.</summary>
    public const int RetryPauseSecondsMax = 10;
}
