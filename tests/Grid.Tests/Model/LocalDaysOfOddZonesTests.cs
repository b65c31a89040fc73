using System.Globalization;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model;

public sealed class LocalDaysOfOddZonesTests
{
    private static readonly LocalDays Utc = LocalDays.Utc;

    [Theory]
    [InlineData("Pacific/Apia", "2011-12-01", 60)]
    [InlineData("America/St_Johns", "2010-10-20", 30)]
    [InlineData("America/Sao_Paulo", "2017-10-01", 150)]
    [InlineData("Europe/Berlin", "2025-03-15", 30)]
    [InlineData("Asia/Shanghai", "1991-03-01", 220)]
    public void AreCountedOnceEachAndNeverBack(string zone, string from, int days)
    {
        var calendar = new LocalDays(zone);
        var start = Instant.From(DateTimeOffset.Parse(from, CultureInfo.InvariantCulture));
        var before = calendar.DayOf(start);
        for (var minute = 0; minute < days * 24 * 60; minute += 5)
        {
            var at = start.Plus(minute * MillisecondsPer.Minute);
            var day = calendar.DayOf(at);
            day.ShouldBeInRange(before, before + 2);
            calendar.StartOf(day).ShouldBeLessThanOrEqualTo(at);
            calendar.StartOf(day + 1).ShouldBeGreaterThan(at);
            before = day;
        }

        before.ShouldBeInRange(Utc.DayOf(start) + days - 2, Utc.DayOf(start) + days + 1);
    }

    [Fact]
    public void AreThoseOfTheCalendar()
    {
        var shanghai = new LocalDays("Asia/Shanghai");
        shanghai.StartOf(Utc.DayOf(ASimpleLife.Start)).ShouldBe(ASimpleLife.Start.Plus(-8 * MillisecondsPer.Hour));
    }
}
