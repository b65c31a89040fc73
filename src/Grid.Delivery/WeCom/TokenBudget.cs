using Grid.Model.Time;

namespace Grid.Delivery.WeCom;

/// <summary>
/// Bounds what a wrong secret or a rejected token can cost: WeCom blocks a caller for an hour after about 2,000 such calls in an hour. Safe for concurrent use.
/// </summary>
internal sealed class TokenBudget(int requestsPerHour, int rejectedCallsPerHour)
{
    private readonly Lock _lock = new();
    private readonly CallWindow _requests = new(requestsPerHour, MillisecondsPer.Hour);
    private readonly CallWindow _rejected = new(rejectedCallsPerHour, MillisecondsPer.Hour);

    /// <summary>Counts a request of a token.</summary>
    /// <returns>Null, or why there must be none.</returns>
    public CallBackOff? TryRequest(Instant now)
    {
        lock (_lock)
        {
            if (_requests.NextFree(now) is { } free)
            {
                return new CallBackOff(
                    free,
                    $"{requestsPerHour} tokens were requested within an hour; check the corp's id and secret, and that no other process uses up the tokens");
            }

            _requests.Add(now);
            return null;
        }
    }

    /// <summary>Counts a call whose token WeCom rejected.</summary>
    public void AddRejected(Instant now)
    {
        lock (_lock) _rejected.Add(now);
    }

    /// <summary>Null, or why no call with a token must be sent.</summary>
    public CallBackOff? Stopped(Instant now)
    {
        lock (_lock)
        {
            return _rejected.NextFree(now) is { } free
                ? new CallBackOff(free, $"WeCom rejected the token of {_rejected.Count(now)} calls within an hour; the adapter stops before WeCom blocks it")
                : null;
        }
    }
}
