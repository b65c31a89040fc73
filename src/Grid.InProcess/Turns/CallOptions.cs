namespace Grid.InProcess.Turns;

/// <summary>How a call may run beside others.</summary>
[Flags]
public enum CallOptions : short
{
    None = 0,

    /// <summary>May begin between the awaits of any other call.</summary>
    Interleave = 1,

    /// <summary>May begin between the awaits of other read-only calls.</summary>
    ReadOnly = 2,

    /// <summary>A timer's tick: ends with its activation instead of going to the next one, and is no use of the grain.</summary>
    Tick = 4,
}
