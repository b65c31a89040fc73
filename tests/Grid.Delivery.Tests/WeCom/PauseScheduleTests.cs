using Grid.Delivery.WeCom;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

public sealed class PauseScheduleTests
{
    private static readonly Instant Start = new(1_800_000_000_000);

    [Theory]
    [InlineData((int)ErrorKind.Frequency, new[] { 60, 120, 300, 900, 3_600, 3_600 })]
    [InlineData((int)ErrorKind.Concurrency, new[] { 1, 2, 5, 15, 60, 60 })]
    [InlineData((int)ErrorKind.Busy, new[] { 5, 30, 120, 600, 600 })]
    [InlineData((int)ErrorKind.Token, new[] { 60, 300, 900, 3_600, 3_600 })]
    public void PausesGrowAndThenStay(int kind, int[] seconds)
    {
        var (state, now) = (default(PauseState), Start);
        foreach (var expected in seconds)
        {
            state = state.After((ErrorKind)kind, now);
            ((state.Until.Milliseconds - now.Milliseconds) / 1_000).ShouldBe(expected);
            now = state.Until;
        }
    }

    [Fact]
    public void NoPauseFollowsWhatIsNoFailureOfTheMoment()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => PauseSchedule.SecondsAfter(ErrorKind.None, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => PauseSchedule.SecondsAfter(ErrorKind.Refused, 1));
    }

    [Fact]
    public void CallsThatFailTogetherCountOnce()
    {
        var state = default(PauseState);
        for (var i = 0; i < 5; i++) state = state.After(ErrorKind.Frequency, Start.Plus(i * 100));
        state.ShouldBe(new PauseState(1, Start.Plus(60_400)));
        state.After(ErrorKind.Frequency, Start.Plus(60_400)).ShouldBe(new PauseState(2, Start.Plus(180_400)));
    }

    [Fact]
    public void AShortPauseDoesNotEndALongOne()
    {
        var state = default(PauseState).After(ErrorKind.Frequency, Start).After(ErrorKind.Concurrency, Start.Plus(1));
        state.Until.ShouldBe(Start.Plus(60_000));
    }

    [Fact]
    public void APauseEndsAtItsEnd()
    {
        default(PauseState).IsPaused(Start).ShouldBeFalse();
        var state = default(PauseState).After(ErrorKind.Busy, Start);
        state.IsPaused(Start.Plus(4_999)).ShouldBeTrue();
        state.IsPaused(Start.Plus(5_000)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, (int)ErrorKind.None, (int)ErrorKind.None)]
    [InlineData(-1, (int)ErrorKind.Busy, (int)ErrorKind.Busy)]
    [InlineData(6000, (int)ErrorKind.Busy, (int)ErrorKind.Busy)]
    [InlineData(40001, (int)ErrorKind.Token, (int)ErrorKind.Refused)]
    [InlineData(40014, (int)ErrorKind.Token, (int)ErrorKind.Refused)]
    [InlineData(42001, (int)ErrorKind.Token, (int)ErrorKind.Refused)]
    [InlineData(45009, (int)ErrorKind.Frequency, (int)ErrorKind.Frequency)]
    [InlineData(45011, (int)ErrorKind.Frequency, (int)ErrorKind.Frequency)]
    [InlineData(45033, (int)ErrorKind.Concurrency, (int)ErrorKind.Concurrency)]
    [InlineData(40068, (int)ErrorKind.Refused, (int)ErrorKind.Refused)]
    [InlineData(48002, (int)ErrorKind.Refused, (int)ErrorKind.Refused)]
    public void ACodeHasAMeaning(int code, int withToken, int ofGetToken)
    {
        WeComErrors.KindOf(code, withToken: true).ShouldBe((ErrorKind)withToken);
        WeComErrors.KindOf(code, withToken: false).ShouldBe((ErrorKind)ofGetToken);
    }
}
