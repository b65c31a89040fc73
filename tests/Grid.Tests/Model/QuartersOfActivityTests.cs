using Grid.Model;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

/// <summary>Interactions and views count by the quarter of an hour, so that every zone's midnight is an edge.</summary>
public sealed class QuartersOfActivityTests
{
    private const byte Interactions = 3;

    [Theory]
    [InlineData("Asia/Kolkata", "18:30", true)]
    [InlineData("Asia/Kolkata", "18:29", false)]
    [InlineData("Asia/Kolkata", "18:59", true)]
    [InlineData("Asia/Kathmandu", "18:15", true)]
    [InlineData("Asia/Kathmandu", "18:14", false)]
    [InlineData("Australia/Adelaide", "13:30", true)]
    [InlineData("Australia/Adelaide", "13:29", false)]
    [InlineData("America/St_Johns", "03:30", true)]
    [InlineData("America/St_Johns", "03:29", false)]
    [InlineData("Asia/Shanghai", "16:00", true)]
    [InlineData("Asia/Shanghai", "15:59", false)]
    public void OfTodayBeginAtTheLocalMidnight(string zone, string time, bool isToday)
    {
        // In January, an hour after that local midnight.
        var scheme = SomeSchemes.Written("s0", "today: interactions(check-in, 1d) >= 1", zone);
        var life = new Life(SomeSchemes.Rules(scheme));
        var midnight = new LocalDays(zone).StartOf(new LocalDays(zone).DayOf(Day(10)));
        var at = midnight.FloorToDay().Plus((long)TimeSpan.Parse(time).TotalMilliseconds);
        life.Take(midnight.Plus(MillisecondsPer.Hour), Interaction(at, "check-in"));
        life.LayerOf("s0").ShouldBe(isToday ? "today" : "rest");
    }

    [Fact]
    public void LeaveAWindowByTheQuarter()
    {
        var life = With("busy: interactions(1h) >= 1");
        life.Take(Start.Plus(50 * MillisecondsPer.Minute), Interaction(Start.Plus(50 * MillisecondsPer.Minute)));
        life.DueAt.ShouldBe(Start.Plus(105 * MillisecondsPer.Minute));
    }

    [Fact]
    public void AreEachWithTheirDwellTime()
    {
        var life = With("a: orders >= 1");
        foreach (var minute in new[] { 2, 3, 20, 40, 59 })
            life.Take(Day(1), new Browsed(Start.Plus(minute * MillisecondsPer.Minute), MessageKey.From($"{minute}"), "shoes", minute));
        var hours = life.Customer.Browses;
        var bucket = hours.Buckets.ToArray().ShouldHaveSingleItem();
        Enumerable.Range(0, 4).Select(bucket.CountOf).ShouldBe([2, 1, 1, 1]);
        Enumerable.Range(0, 4).Select(bucket.DwellOf).ShouldBe([5, 20, 40, 59]);
        var half = Window.Rolling(30 * MillisecondsPer.Minute, "30m");
        hours.Count(null, half, Start.Plus(MillisecondsPer.Hour - 1)).ShouldBe(2);
        hours.Dwell(["shoes"], half, Start.Plus(MillisecondsPer.Hour - 1)).ShouldBe(99);
        hours.Dwell(["bags"], half, Start.Plus(MillisecondsPer.Hour - 1)).ShouldBe(0);
        hours.LastAt(Day(1)).ShouldBe(Start.Plus(45 * MillisecondsPer.Minute));
        hours.LastAt(Start.Plus(44 * MillisecondsPer.Minute)).ShouldBe(Start.Plus(30 * MillisecondsPer.Minute));
        hours.QuartersSince.ShouldBeNull();
    }

    [Fact]
    public void OfAnEarlierBuildCountAsOfTheFirstAndTheCustomerSaysSinceWhenTheyAreKnown()
    {
        var state = WithoutSection(Visited(10, 40).State!);
        var opened = Life.Opened(state);
        Split(opened).ShouldBe([2, 0, 0, 0]);
        opened.Interactions.QuartersSince.ShouldBe(Start.Plus(MillisecondsPer.Hour));

        // It stays known when this build writes the state.
        var later = Interaction(Start.Plus(80 * MillisecondsPer.Minute));
        var change = CustomerDecider.Decide(new CustomerId("c"), state, [later], Day(1), With("a: orders >= 1").Rules).Change!;
        Life.Opened(change.State).Interactions.QuartersSince.ShouldBe(Start.Plus(MillisecondsPer.Hour));
        Life.Opened(change.State).Interactions.LastAt(Day(1)).ShouldBe(Start.Plus(75 * MillisecondsPer.Minute));
        CustomerCodec.Fold(state, change.Delta).ShouldBe(change.State);
    }

    [Fact]
    public void AreReconciledWithTheHoursThatAnEarlierBuildHasWrittenMeanwhile()
    {
        // The earlier build keeps the section, and counts one more event in the hour.
        var before = Visited(10, 40).State!;
        var section = before.AsSpan(WithoutSection(before).Length).ToArray();
        byte[] theirs = [.. WithoutSection(Visited(10, 40, 50).State!), .. section];
        var opened = Life.Opened(theirs);
        Split(opened).ShouldBe([2, 0, 1, 0]);
        opened.Interactions.QuartersSince.ShouldBe(Start.Plus(MillisecondsPer.Hour));
    }

    [Fact]
    public void OfAnHourThatTheBaseLacksAreDropped()
    {
        var section = Section(writer =>
        {
            writer.Signed(1);
            writer.Signed(0);
            writer.Signed(Start.Milliseconds / MillisecondsPer.Hour - 5);
            writer.Name("comment-added");
            writer.Byte(4);
            writer.Count(1);
            writer.Signed(5);
            writer.Name("comment-added");
            writer.Byte(4);
            writer.Count(9);
        });
        byte[] state = [.. WithoutSection(Visited(10).State!), .. section];
        Split(Life.Opened(state)).ShouldBe([1, 0, 0, 0]);
    }

    [Fact]
    public void CostThreeBytesOfACustomerWhoseEventsAreAllInTheFirst()
    {
        var life = Visited(1, 2, 3);
        (life.State!.Length - WithoutSection(life.State).Length).ShouldBe(4);
        var spread = Visited(1, 20, 40);
        (spread.State!.Length - WithoutSection(spread.State).Length).ShouldBeLessThan(30);
    }

    [Fact]
    public void AreFoldedByWholeHours()
    {
        var life = With("a: orders >= 1");
        var facts = Enumerable.Range(0, 2 * (Limits.HourBucketsMax + 3)).Select(index =>
            (Fact)new Interacted(Start.Plus(index * 30 * MillisecondsPer.Minute), MessageKey.From($"{index}"), "comment-added")).ToList();
        life.Take(Day(400), facts);
        var hours = life.Customer.Interactions;
        hours.Buckets.Length.ShouldBe(Limits.HourBucketsMax);
        hours.DetailSince.ShouldBe(Start.Plus(3 * MillisecondsPer.Hour));
        hours.Count(null, Window.All, Day(400)).ShouldBe(facts.Count);
        hours.Buckets.ToArray().ShouldAllBe(bucket => bucket.CountOf(0) == 1 && bucket.CountOf(2) == 1);
        hours.QuartersSince.ShouldBeNull();
    }

    private static Life Visited(params int[] minutes)
    {
        var life = With("a: orders >= 1");
        life.Take(Start.Plus(MillisecondsPer.Hour), [.. minutes.Select(minute => Interaction(Start.Plus(minute * MillisecondsPer.Minute)))]);
        return life;
    }

    private static int[] Split(Customer customer)
    {
        var bucket = customer.Interactions.Buckets.ToArray().ShouldHaveSingleItem();
        return [bucket.CountOf(0), bucket.CountOf(1), bucket.CountOf(2), bucket.CountOf(3)];
    }

    /// <summary>The state as a build writes it that keeps hours only.</summary>
    private static byte[] WithoutSection(byte[] state)
    {
        for (var start = state.Length - 3; start > 0; start--)
            if (state[start] == Interactions && start + 2 + state[start + 1] == state.Length)
                return state[..start];
        throw new InvalidOperationException("The state has no section of quarters at its end.");
    }

    private static byte[] Section(Action<ByteWriter> write)
    {
        var (content, section) = (new ByteWriter(), new ByteWriter());
        write(content);
        section.Byte(Interactions);
        section.Bytes(content.Written);
        return section.ToArray();
    }
}
