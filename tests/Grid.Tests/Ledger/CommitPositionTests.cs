using Grid.Ledger;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger;

public sealed class CommitPositionTests
{
    [Fact]
    public void IsReadAsItIsWritten()
    {
        CommitPosition.TryParse("12.40", out var position).ShouldBeTrue();
        position.ShouldBe(new CommitPosition(12, 40));
        position.ToString().ShouldBe("12.40");
        CommitPosition.Start.ToString().ShouldBe("0");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12.")]
    [InlineData("-1")]
    [InlineData("1,2")]
    [InlineData("99999999999999999999")]
    public void OtherTextIsNoPosition(string? text)
    {
        CommitPosition.TryParse(text, out var position).ShouldBeFalse();
        position.ShouldBe(CommitPosition.Start);
    }

    [Fact]
    public void LaneNotNamedIsAtItsStart()
    {
        new CommitPosition(5).ShouldBe(new CommitPosition(5, 0));
        new CommitPosition(5).Covers(new CommitPosition(5, 1)).ShouldBeFalse();
        new CommitPosition(5, 1).Covers(new CommitPosition(5)).ShouldBeTrue();
        new CommitPosition(5).With(2, 7).ShouldBe(new CommitPosition(5, 0, 7));
    }

    [Fact]
    public void LaterAndEarlierGoLaneByLane()
    {
        var (one, other) = (new CommitPosition(1, 9), new CommitPosition(3));
        one.Later(other).ShouldBe(new CommitPosition(3, 9));
        one.Earlier(other).ShouldBe(new CommitPosition(1, 0));
    }
}
