namespace Grid.Server.Silos;

/// <summary>
/// The machine's clock, even when the rest of the process uses another one, with timestamps that count from the first one taken. The first check of
/// Orleans' watchdog may compare with a timestamp that is not set yet, 0: it would warn of a stall as long as the machine's uptime.
/// </summary>
internal sealed class SiloTime : TimeProvider
{
    private readonly Lazy<long> _start = new(System.GetTimestamp);

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() - _start.Value;
}
