using NodaTime;

namespace Grid.Ingest.Values;

/// <summary>
/// The wall clock of an IANA zone. A time that occurs twice, when clocks are set back, is the earlier instant; one that is left out, when they are set
/// forward, is later by the length of the gap.
/// </summary>
internal sealed class WallClock
{
    private const long Margin = 2 * Model.Time.MillisecondsPer.Day;
    private readonly DateTimeZone _zone;

    private WallClock(DateTimeZone zone) => _zone = zone;

    /// <returns>Null when there is no such zone.</returns>
    public static WallClock? Find(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } found ? new WallClock(found) : null;

    /// <param name="utc">The instant at which the clock of UTC shows the time.</param>
    public Model.Time.Instant Read(Model.Time.Instant utc)
    {
        // At the ends of the calendar another zone may have no date; no event occurs there.
        if (utc < Model.Time.Instant.Earliest.Plus(Margin) || utc > Model.Time.Instant.Latest.Plus(-Margin)) return utc;
        var shown = NodaTime.Instant.FromUnixTimeMilliseconds(utc.Milliseconds).InUtc().LocalDateTime;
        return new Model.Time.Instant(shown.InZoneLeniently(_zone).ToInstant().ToUnixTimeMilliseconds());
    }
}
