using Grid.Model.Baselines;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model;

/// <summary>Cut-offs that are derived at a local time of day.</summary>
public sealed class CutsDerivedDailyTests
{
    [Theory]
    [InlineData("Asia/Shanghai", "03:00", "2026-05-01T18:59:59.999Z", "2026-05-01T19:00:00.000Z")]
    [InlineData("Asia/Shanghai", "03:00", "2026-05-01T19:00:00.000Z", "2026-05-02T19:00:00.000Z")]
    [InlineData("UTC", "00:00", "2026-05-01T23:59:59.999Z", "2026-05-02T00:00:00.000Z")]
    [InlineData("UTC", "23:59", "2026-05-01T23:59:30.000Z", "2026-05-02T23:59:00.000Z")]
    [InlineData("Europe/Berlin", "02:30", "2026-03-28T01:30:00.000Z", "2026-03-29T01:00:00.000Z")] // Clocks skip it that night.
    [InlineData("Europe/Berlin", "02:30", "2026-03-29T01:00:00.000Z", "2026-03-30T00:30:00.000Z")]
    [InlineData("Europe/Berlin", "02:30", "2026-10-24T12:00:00.000Z", "2026-10-25T00:30:00.000Z")] // Clocks show it twice that night.
    [InlineData("Europe/Berlin", "02:30", "2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z")]
    [InlineData("America/Sao_Paulo", "00:00", "2018-11-03T12:00:00.000Z", "2018-11-04T03:00:00.000Z")] // That day begins at one.
    public void AreDueWhenItsClocksComeToItNext(string zone, string time, string asOf, string next)
    {
        var policy = Policy(zone, time);
        policy.NextAfter(At(asOf)).ToString().ShouldBe(next);
        policy.IsDue(Known(asOf), At(next).Plus(-1)).ShouldBeFalse();
        policy.IsDue(Known(asOf), At(next)).ShouldBeTrue();
        policy.IsDue(Known(asOf) with { Population = 0 }, At(asOf)).ShouldBeTrue("nobody was there to be scored");
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Pacific/Apia")]
    [InlineData("Asia/Kolkata")]
    public void AreDueOnceADay(string zone)
    {
        foreach (var time in new[] { "00:00", "00:30", "02:30", "12:00", "23:59" })
        {
            var policy = Policy(zone, time);
            var (at, end) = (At("2011-01-01T00:00:00.000Z"), At("2019-01-01T00:00:00.000Z"));
            for (var next = policy.NextAfter(at); next < end; at = next, next = policy.NextAfter(at))
                (next.Milliseconds - at.Milliseconds).ShouldBeInRange(1, 25 * MillisecondsPer.Hour + MillisecondsPer.Minute, $"{zone} {time} after {at}");
        }
    }

    private static DailyPolicy Policy(string zone, string time)
    {
        var minute = (int)TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;
        return new DailyPolicy(minute, new LocalDays(zone));
    }

    private static Cutoffs Known(string asOf) => new("rank", 1, [1, 1, 1, 1], 5, []) { AsOf = At(asOf) };

    private static Instant At(string text) =>
        Instant.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
