using System.Net;
using System.Net.Http.Headers;

namespace Grid.Shop;

/// <summary>The pauses between the attempts of a batch.</summary>
internal static class ShopRetry
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(ShopLimits.RetryPauseSecondsMax);

    public static bool IsTemporary(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    /// <summary>The pause that the server requested, else one that doubles with each attempt (the first is 0); never above the longest.</summary>
    public static TimeSpan Pause(int attempt, RetryConditionHeaderValue? retryAfter, DateTimeOffset now)
    {
        var requested = retryAfter?.Delta ?? (retryAfter?.Date - now);
        var pause = requested ?? TimeSpan.FromMilliseconds(ShopLimits.RetryPauseMilliseconds * Math.Pow(2, Math.Min(attempt, 16)));
        if (pause < TimeSpan.Zero) return TimeSpan.Zero;
        return pause < Longest ? pause : Longest;
    }
}
