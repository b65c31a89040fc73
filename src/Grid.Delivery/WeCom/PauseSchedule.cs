using Grid.Model.Time;

namespace Grid.Delivery.WeCom;

/// <summary>
/// How long nothing is sent after failures in a row. WeCom blocks 60 seconds for a minute's limit and 60 minutes for an hour's
/// (developer.work.weixin.qq.com/document/path/90454), hence the first and the last pause after 45009; the others are our own.
/// </summary>
internal static class PauseSchedule
{
    private static readonly int[] Frequency = [60, 120, 300, 900, 3_600];
    private static readonly int[] Concurrency = [1, 2, 5, 15, 60];
    private static readonly int[] Busy = [5, 30, 120, 600];
    private static readonly int[] Token = [60, 300, 900, 3_600];

    /// <summary>The pause in seconds after the failure with the number <paramref name="failures"/> in a row (the first is 1); the last one stays.</summary>
    public static int SecondsAfter(ErrorKind kind, int failures)
    {
        var pauses = kind switch
        {
            ErrorKind.Frequency => Frequency,
            ErrorKind.Concurrency => Concurrency,
            ErrorKind.Busy => Busy,
            ErrorKind.Token => Token,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no pause follows"),
        };
        return pauses[Math.Clamp(failures, 1, pauses.Length) - 1];
    }
}

/// <summary>The failures in a row and the pause they brought. <c>default</c> means no failure.</summary>
/// <param name="Failures">Failures in a row, those during one pause counted once.</param>
/// <param name="Until">The end of the pause.</param>
internal readonly record struct PauseState(int Failures, Instant Until)
{
    public bool IsPaused(Instant now) => Failures > 0 && now < Until;

    /// <summary>
    /// The state after a failure that is known since <paramref name="now"/>. Calls that were under way together fail together: a failure during a pause counts
    /// no further, and a longer pause of another kind stands.
    /// </summary>
    public PauseState After(ErrorKind kind, Instant now)
    {
        var failures = IsPaused(now) ? Failures : Failures + 1;
        var until = now.Plus(PauseSchedule.SecondsAfter(kind, failures) * MillisecondsPer.Second);
        return new PauseState(failures, Failures > 0 ? Instant.Max(Until, until) : until);
    }
}
