using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

/// <summary>The written date when it is midnight in the offset written, else the date in the scheme's zone.</summary>
public sealed class BirthdayWrittenAsAnInstantTests
{
    [Theory]
    [InlineData("1995-05-20", "05-20")]
    [InlineData("1995-05-20T00:00:00+08:00", "05-20")]
    [InlineData("1995-05-20T00:00:00.000Z", "05-20")]
    [InlineData("1995-05-19T16:00:00Z", "05-20")]
    [InlineData("1995-05-19T16:00:00.000Z", "05-20")]
    [InlineData("1995-05-19T15:59:59Z", "05-19")]
    [InlineData("1995-05-20T00:00:00-05:00", "05-20")]
    [InlineData("1995-05-19T11:00:00-05:00", "05-20")]
    [InlineData("1995-05-19T22:00:00+0600", "05-20")]
    [InlineData("1995-05-19 16:00:00+00", "05-20")]
    [InlineData("1995/05/19 16:00:00 +0000", "05-20")]
    [InlineData("1995-05-20T18:30:00", "05-20")]
    [InlineData("1995-05-20 noon", "05-20")]
    [InlineData("1995-05-20T25:00:00Z", "05-20")]
    [InlineData("1995-05-20T23:00:00+99:00", "05-20")]
    public void IsThatDateInShanghai(string birthday, string day) => TurnsAt(birthday, "Asia/Shanghai").ShouldBe(day);

    [Theory]
    [InlineData("1995-05-20T04:00:00Z", "05-20")]
    [InlineData("1995-05-20T03:59:00Z", "05-19")]
    [InlineData("1995-05-20T00:00:00Z", "05-20")]
    [InlineData("1995-05-20T00:00:00+08:00", "05-20")]
    public void IsThatDateInNewYork(string birthday, string day) => TurnsAt(birthday, "America/New_York").ShouldBe(day);

    /// <summary>The month and day of the local midnight at which the customer turns 31.</summary>
    private static string TurnsAt(string birthday, string zone)
    {
        var life = new Life(SomeSchemes.Rules(SomeSchemes.Written("s0", "a: age >= 31", zone)));
        life.Take(Start, new TraitsSet(Start, MessageKey.From("m"), [new Trait("birthday", TraitValue.OfText(birthday))]));
        var days = new LocalDays(zone);
        var day = days.DayOf(life.DueAt);
        life.DueAt.ShouldBe(days.StartOf(day));
        return new Instant(day * MillisecondsPer.Day).ToDateTimeOffset().ToString("MM-dd");
    }
}
