namespace Grid.Delivery;

/// <summary>
/// Lets at most a number of requests start in any second, whole or not. The limiters of System.Threading.RateLimiting read the machine's own clock, so no
/// simulated clock could drive them, and a bucket of tokens lets up to two seconds' worth start within one.
/// </summary>
/// <param name="perSecond">At least 1.</param>
internal sealed class RateWindow(int perSecond, TimeProvider clock)
{
    // The latest starts in a ring, oldest at _next. Not safe for concurrent use.
    private readonly long[] _starts = new long[perSecond];
    private int _next;
    private int _count;

    /// <summary>Counts a start when one is allowed.</summary>
    /// <param name="wait">How long until one is allowed; zero when the start is counted.</param>
    public bool TryStart(out TimeSpan wait)
    {
        var now = clock.GetTimestamp();
        wait = TimeSpan.Zero;
        if (_count == _starts.Length)
        {
            var elapsed = clock.GetElapsedTime(_starts[_next], now);
            if (elapsed < TimeSpan.FromSeconds(1))
            {
                wait = TimeSpan.FromSeconds(1) - elapsed;
                return false;
            }
        }
        else
        {
            _count++;
        }

        _starts[_next] = now;
        _next = (_next + 1) % _starts.Length;
        return true;
    }
}
