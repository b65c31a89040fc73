using Grid.Model.Time;

namespace Grid.Delivery.WeCom;

/// <summary>
/// Counts calls so that no period of the given length, wherever it begins, has more than a limit. A call counts for up to a sixtieth of the period longer than
/// needed, never shorter. The sliding limiter of System.Threading.RateLimiting reads the machine's own clock, so no simulated clock could drive it.
/// Not safe for concurrent use.
/// </summary>
/// <param name="limit">Calls, at least 1.</param>
/// <param name="periodMilliseconds">The length of the period, a multiple of 60.</param>
internal sealed class CallWindow(int limit, long periodMilliseconds)
{
    private const int Slices = 60;

    // A period that begins within a slice reaches into one slice more than it is long.
    private readonly int[] _calls = new int[Slices + 1];
    private readonly long _sliceMilliseconds = periodMilliseconds / Slices;
    private long _slice;
    private int _sum;

    /// <summary>Calls that count at <paramref name="now"/>.</summary>
    public int Count(Instant now)
    {
        MoveTo(now);
        return _sum;
    }

    /// <summary>When a further call is allowed; null when it is at once.</summary>
    public Instant? NextFree(Instant now)
    {
        MoveTo(now);
        if (_sum < limit) return null;
        var left = _sum;
        for (var slice = _slice - Slices; slice <= _slice; slice++)
        {
            if (slice < 0) continue;
            left -= _calls[slice % _calls.Length];
            if (left < limit) return new Instant((slice + Slices + 1) * _sliceMilliseconds);
        }

        throw new InvalidOperationException("the slices hold fewer calls than their sum");
    }

    /// <summary>Counts a call at <paramref name="now"/>.</summary>
    public void Add(Instant now)
    {
        MoveTo(now);
        _calls[_slice % _calls.Length]++;
        _sum++;
    }

    private void MoveTo(Instant now)
    {
        // A clock that was put back stays in the latest slice: what was counted is not forgotten.
        var slice = Math.Max(now.Milliseconds / _sliceMilliseconds, _slice);
        if (slice - _slice >= _calls.Length)
        {
            Array.Clear(_calls);
            _sum = 0;
        }
        else
        {
            for (var passed = _slice + 1; passed <= slice; passed++)
            {
                var index = passed % _calls.Length;
                _sum -= _calls[index];
                _calls[index] = 0;
            }
        }

        _slice = slice;
    }
}
