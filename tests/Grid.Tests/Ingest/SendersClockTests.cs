using Grid.Ingest.Values;
using Grid.Model.Facts;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>When a call occurred, by a clock that may be wrong.</summary>
public sealed class SendersClockTests
{
    [Fact]
    public void IsCorrectedByTheDifferenceBetweenSendingAndReceiving()
    {
        // The sender's clock is an hour fast: it shows 13:00 at 12:00.
        var batch = SomeCalls.ReadBatch(
            """
            {"batch":[{"type":"page","userId":"u1","timestamp":"2026-06-01T12:59:30Z"},
                      {"type":"page","userId":"u1","timestamp":"2026-06-01T12:59:30Z","sentAt":"2026-06-01T12:59:40.000Z"},
                      {"type":"page","userId":"u1"}],
             "sentAt":"2026-06-01T13:00:00.000Z"}
            """);

        batch.Items.Select(item => item.Fact!.At.ToString()).ShouldBe(
            ["2026-06-01T11:59:30.000Z", "2026-06-01T11:59:50.000Z", "2026-06-01T12:00:00.000Z"]);
    }

    [Fact]
    public void WithoutSendingTimeIsBelieved() =>
        SomeCalls.FactOf("""{"type":"page","userId":"u1","timestamp":"2026-06-01T11:00:00Z"}""").At.ToString()
            .ShouldBe("2026-06-01T11:00:00.000Z");

    [Fact]
    public void ThatCannotBeReadIsReportedAndNothingIsCorrected()
    {
        var batch = SomeCalls.ReadAll("""{"type":"page","userId":"u1","timestamp":"2026-06-01T11:00:00Z","sentAt":"now"}""");
        batch.Items.Single().Fact!.At.ToString().ShouldBe("2026-06-01T11:00:00.000Z");
        batch.Notes.Single().Reason.ShouldRead("sentAt: left out: it is no ISO 8601 instant");
    }

    [Fact]
    public void ThatIsYearsSlowIsRejectedWhereItLeadsIntoTheFuture()
    {
        var item = SomeCalls.Read(
            """{"type":"page","userId":"u1","timestamp":"2026-06-01T11:00:00Z","sentAt":"1970-01-01T00:00:00Z"}""");
        item.Outcome.Kind.ShouldBe(OutcomeKind.Rejected);
        item.Outcome.Reason.ShouldNotBeNull().ToString().ShouldStartWith("it occurred more than 24 hours in the future: 2082-");
    }

    [Theory]
    [InlineData("2012-12-02T00:30:12.984Z", "2012-12-02T00:30:12.984Z")]
    [InlineData("2012-12-02T00:30:12Z", "2012-12-02T00:30:12.000Z")]
    [InlineData("2012-12-02T00:30:12.9Z", "2012-12-02T00:30:12.900Z")]
    [InlineData("2012-12-02T00:30:12.984999999Z", "2012-12-02T00:30:12.984Z")]
    [InlineData("2012-12-02T08:30:12+08:00", "2012-12-02T00:30:12.000Z")]
    [InlineData("2012-12-02T08:30:12.500+0800", "2012-12-02T00:30:12.500Z")]
    [InlineData("2012-12-02T08:30:12+08", "2012-12-02T00:30:12.000Z")]
    [InlineData("2012-12-01T19:00:12-05:30", "2012-12-02T00:30:12.000Z")]
    [InlineData("2012-12-02 00:30:12", "2012-12-02T00:30:12.000Z")]
    [InlineData("2012-12-02T00:30", "2012-12-02T00:30:00.000Z")]
    [InlineData("2012-02-29", "2012-02-29T00:00:00.000Z")]
    [InlineData("1900-01-01", "1900-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    public void SpeaksTheFormsOfIso8601(string text, string expected)
    {
        IsoInstant.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out var instant).ShouldBeTrue();
        instant.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2012")]
    [InlineData("2012-13-01")]
    [InlineData("2011-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("2012-12-02T24:00:00Z")]
    [InlineData("2012-12-02T00:60:00Z")]
    [InlineData("2012-12-02T00:00:00.Z")]
    [InlineData("2012-12-02T00:00:00+19:00")]
    [InlineData("2012-12-02T00:00:00X")]
    [InlineData("2012-12-02T00:00:00Zz")]
    [InlineData("2012-12-02T")]
    [InlineData("02/12/2012")]
    [InlineData("1354408212984")]
    [InlineData("0001-01-01T00:00:00+18:00")]
    [InlineData("9999-12-31T23:59:59-18:00")]
    public void SpeaksNothingElse(string text) =>
        IsoInstant.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void CountsDaysAsTheCalendarDoes()
    {
        for (var day = new DateTimeOffset(1896, 1, 1, 0, 0, 0, TimeSpan.Zero); day.Year < 2105; day = day.AddDays(1))
        {
            IsoInstant.TryRead(System.Text.Encoding.UTF8.GetBytes(day.ToString("yyyy-MM-dd")), out var instant).ShouldBeTrue();
            if (instant != Instant.From(day)) instant.ShouldBe(Instant.From(day));
        }
    }
}
