using Grid.Model.Time;

namespace Grid.Delivery.WeCom;

/// <summary>Decides whether a call of one API may be sent: its limits per minute and hour, and the pause after failures. Safe for concurrent use.</summary>
internal sealed class ApiGate(string api, int callsPerMinute, int callsPerHour)
{
    private readonly Lock _lock = new();
    private readonly CallWindow _minute = new(callsPerMinute, MillisecondsPer.Minute);
    private readonly CallWindow _hour = new(callsPerHour, MillisecondsPer.Hour);
    private PauseState _pause;
    private string _reason = string.Empty;

    /// <summary>The path of the API below <c>/cgi-bin/</c>.</summary>
    public string Api { get; } = api;

    /// <summary>Null when no pause is on.</summary>
    public CallBackOff? Paused(Instant now)
    {
        lock (_lock) return PausedUnderLock(now);
    }

    /// <summary>Counts a call that is sent now.</summary>
    /// <returns>Null, or why it must not be sent.</returns>
    public CallBackOff? TryEnter(Instant now)
    {
        lock (_lock)
        {
            if (PausedUnderLock(now) is { } paused) return paused;
            if (_minute.NextFree(now) is { } minute) return new CallBackOff(minute, $"{Api}: {callsPerMinute} calls in a minute are the limit of this process");
            if (_hour.NextFree(now) is { } hour) return new CallBackOff(hour, $"{Api}: {callsPerHour} calls in an hour are the limit of this process");
            _minute.Add(now);
            _hour.Add(now);
            return null;
        }
    }

    public void Succeeded(Instant now)
    {
        // A call that was sent before the pause says nothing about it.
        lock (_lock)
        {
            if (!_pause.IsPaused(now)) _pause = default;
        }
    }

    public CallBackOff Failed(ErrorKind kind, string reason, Instant now)
    {
        lock (_lock)
        {
            _pause = _pause.After(kind, now);
            _reason = $"{Api}: {reason}";
            return new CallBackOff(_pause.Until, _reason);
        }
    }

    private CallBackOff? PausedUnderLock(Instant now) => _pause.IsPaused(now) ? new CallBackOff(_pause.Until, _reason) : null;
}
