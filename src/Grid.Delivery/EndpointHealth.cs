using Grid.Model.Time;

namespace Grid.Delivery;

/// <summary>What an endpoint's circuit lets through.</summary>
public enum Circuit
{
    /// <summary>Everything.</summary>
    Closed,

    /// <summary>Nothing until <see cref="EndpointHealth.PausedUntil"/>.</summary>
    Open,

    /// <summary>One message at a time, until one succeeds.</summary>
    HalfOpen,

    /// <summary>Nothing until an operator enables the endpoint again.</summary>
    Disabled,
}

/// <summary>How an endpoint has fared: a state that only outcomes change. The clock is read by the caller.</summary>
public sealed record EndpointHealth
{
    public static readonly EndpointHealth Fresh = new();

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; init; }

    /// <summary>The first failure since the last success.</summary>
    public Instant? FailingSince { get; init; }

    /// <summary>Nothing is sent before; null when nothing holds the endpoint up.</summary>
    public Instant? PausedUntil { get; init; }

    /// <summary>Pauses of the open circuit since the last success; each is twice as long as the one before.</summary>
    public int Pauses { get; init; }

    /// <summary>Since when the endpoint is disabled; null while it is not.</summary>
    public Instant? DisabledAt { get; init; }

    /// <summary>Why the endpoint is disabled.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>The state after an outcome that is known since <paramref name="at"/>.</summary>
    public EndpointHealth After(DeliveryOutcome outcome, Instant at) => outcome switch
    {
        _ when DisabledAt is not null => this,
        Delivered => this == Fresh ? this : Fresh,
        Gone gone => this with { DisabledAt = at, DisabledReason = $"it answered {gone.Status} and wants no further message" },
        Failed failed => AfterFailure(failed, at),

        // An endpoint that answers with an abort header is alive but has not taken anything; a refusal never reached it.
        _ => this,
    };

    /// <summary>What may be sent at <paramref name="now"/>.</summary>
    public Circuit CircuitAt(Instant now)
    {
        if (DisabledAt is not null) return Circuit.Disabled;
        if (PausedUntil is { } until && now < until) return Circuit.Open;
        return Failures >= DeliveryLimits.CircuitFailures ? Circuit.HalfOpen : Circuit.Closed;
    }

    /// <summary>Messages that may be under way at <paramref name="now"/>.</summary>
    /// <param name="concurrency">The endpoint's own bound.</param>
    public int ConcurrencyAt(Instant now, int concurrency) => CircuitAt(now) switch
    {
        Circuit.Closed => concurrency,
        Circuit.HalfOpen => 1,
        _ => 0,
    };

    private EndpointHealth AfterFailure(Failed failed, Instant at)
    {
        var since = FailingSince ?? at;
        var failing = this with { Failures = Failures + 1, FailingSince = since };

        // A single failure before a quiet week says nothing: only as many failures as open the circuit disable.
        if (failing.Failures >= DeliveryLimits.CircuitFailures && at >= since.Plus(DeliveryLimits.DisabledAfterDays * MillisecondsPer.Day))
        {
            var reason = $"it has failed for {DeliveryLimits.DisabledAfterDays} days, at last because {failed.Reason}";
            return failing with { PausedUntil = null, DisabledAt = at, DisabledReason = reason };
        }

        var until = PausedUntil;
        if (failing.Failures >= DeliveryLimits.CircuitFailures && (until is null || at >= until))
        {
            // Messages that were under way when the circuit opened fail during its pause; they do not double it.
            until = at.Plus(PauseMilliseconds(Pauses));
            failing = failing with { Pauses = Pauses + 1 };
        }

        if (failed is { Status: 429 or 503, RetryAfter: { } wait })
        {
            var requested = at.Plus((long)Math.Clamp(wait.TotalMilliseconds, 0, DeliveryLimits.EndpointPauseSecondsMax * MillisecondsPer.Second));
            until = until is { } known ? Instant.Max(known, requested) : requested;
        }

        return failing with { PausedUntil = until };
    }

    private static long PauseMilliseconds(int pauses) =>
        Math.Min(DeliveryLimits.CircuitPauseSecondsMax, (long)DeliveryLimits.CircuitPauseSecondsMin << Math.Min(pauses, 16)) * MillisecondsPer.Second;
}
