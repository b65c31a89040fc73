using Grid.Model.Time;

namespace Grid.Shop;

/// <summary>Every bound of the simulated shop and its sender, its unit last.</summary>
internal static class ShopLimits
{
    /// <summary>A full batch is sent before the next event is drawn, so no more than these wait in memory to be sent.</summary>
    public const int BatchEventsMax = 100;

    /// <summary>What is delivered late comes at most this long after it happened; a longer delay drawn is cut to it.</summary>
    public const long DeliveryDelayMillisecondsMax = 4 * MillisecondsPer.Day;

    /// <summary>A refund follows its order within these days.</summary>
    public const int RefundDelayDaysMax = 14;

    /// <summary>A customer whose next order lies further away is taken to never order again.</summary>
    public const double OrderGapWeeksMax = 52 * 50;

    /// <summary>A visit ends after so many pages, and so many interactions.</summary>
    public const int PagesPerVisitMax = 12;

    public const int InteractionsPerVisitMax = 12;

    /// <summary>
    /// After a restart so much of the shop's time is sent again before what was last acknowledged; the grid knows it by message id.
    /// </summary>
    public const long ResumeOverlapMilliseconds = MillisecondsPer.Day;

    /// <summary>A request without an answer is given up and sent again.</summary>
    public const int RequestTimeoutSeconds = 30;

    /// <summary>How often the clock is read while there is nothing to send.</summary>
    public const int PollMilliseconds = 100;

    /// <summary>The first pause after a refused or failed attempt that names none itself.</summary>
    public const int RetryPauseMilliseconds = 200;

    /// <summary>So much of an answer that is no success is quoted in the failure.</summary>
    public const int QuotedAnswerCharactersMax = 500;

    /// <summary>The pause between two attempts doubles up to this; a longer Retry-After is shortened to it.</summary>
    public const int RetryPauseSecondsMax = 10;
}
