using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests;

public sealed class EndpointHealthTests
{
    private static readonly Failed Failure = new("the receiver answered 500", 500);
    private static readonly Delivered Success = new(200, string.Empty);

    [Fact]
    public void OpensTheCircuitAfterTenFailuresInARow()
    {
        var nine = FailingTimes(9);
        nine.CircuitAt(Some.Noon).ShouldBe(Circuit.Closed);
        nine.ConcurrencyAt(Some.Noon, 16).ShouldBe(16);

        var ten = nine.After(Failure, Some.Noon);
        ten.CircuitAt(Some.Noon).ShouldBe(Circuit.Open);
        ten.ConcurrencyAt(Some.Noon, 16).ShouldBe(0);
        ten.PausedUntil.ShouldBe(Some.Noon.Plus(5_000));
        nine.After(Success, Some.Noon).After(Failure, Some.Noon).CircuitAt(Some.Noon).ShouldBe(Circuit.Closed);
    }

    [Fact]
    public void ProbesWithOneMessageAfterThePause()
    {
        var open = FailingTimes(10);
        open.CircuitAt(Some.Noon.Plus(4_999)).ShouldBe(Circuit.Open);
        open.CircuitAt(Some.Noon.Plus(5_000)).ShouldBe(Circuit.HalfOpen);
        open.ConcurrencyAt(Some.Noon.Plus(5_000), 16).ShouldBe(1);
        open.After(Success, Some.Noon.Plus(5_001)).ShouldBe(EndpointHealth.Fresh);
    }

    [Fact]
    public void DoublesThePauseAtEachFailedProbeUpToABound()
    {
        var health = FailingTimes(10);
        var pauses = new List<long>();
        for (var i = 0; i < 9; i++)
        {
            var probe = health.PausedUntil!.Value;
            health = health.After(Failure, probe);
            pauses.Add((health.PausedUntil!.Value.Milliseconds - probe.Milliseconds) / 1_000);
        }

        pauses.ShouldBe([10, 20, 40, 80, 160, 300, 300, 300, 300]);
    }

    [Fact]
    public void CountsFailuresThatWereUnderWayAsOnePause()
    {
        var open = FailingTimes(10);

        var late = open.After(Failure, Some.Noon.Plus(100)).After(Failure, Some.Noon.Plus(200));

        late.PausedUntil.ShouldBe(open.PausedUntil);
        late.Pauses.ShouldBe(1);
    }

    [Fact]
    public void PausesForRetryAfterWithoutOtherFailures()
    {
        var busy = EndpointHealth.Fresh.After(new Failed("429", 429, TimeSpan.FromSeconds(30)), Some.Noon);

        busy.CircuitAt(Some.Noon.Plus(29_999)).ShouldBe(Circuit.Open);
        busy.CircuitAt(Some.Noon.Plus(30_000)).ShouldBe(Circuit.Closed);
        EndpointHealth.Fresh.After(new Failed("429", 429, TimeSpan.FromDays(3)), Some.Noon).PausedUntil.ShouldBe(Some.Noon.Plus(15 * MillisecondsPer.Minute));
        EndpointHealth.Fresh.After(new Failed("500", 500, TimeSpan.FromSeconds(30)), Some.Noon).PausedUntil.ShouldBeNull();
    }

    [Fact]
    public void DisablesAfterFiveDaysOfFailures()
    {
        var failing = FailingTimes(12);
        var before = Some.Noon.Plus((5 * MillisecondsPer.Day) - 1);
        var after = Some.Noon.Plus(5 * MillisecondsPer.Day);

        failing.After(Failure, before).DisabledAt.ShouldBeNull();
        var disabled = failing.After(Failure, after);
        disabled.DisabledAt.ShouldBe(after);
        disabled.DisabledReason!.ShouldContain("5 days");
        disabled.CircuitAt(after.Plus(MillisecondsPer.Day)).ShouldBe(Circuit.Disabled);
        disabled.ConcurrencyAt(after, 16).ShouldBe(0);
    }

    [Fact]
    public void DoesNotDisableForTwoFailuresWithAQuietWeekBetween()
    {
        var failing = FailingTimes(1);

        failing.After(Failure, Some.Noon.Plus(7 * MillisecondsPer.Day)).DisabledAt.ShouldBeNull();
    }

    [Fact]
    public void DisablesAtOnceWhenTheEndpointIsGoneAndStaysSo()
    {
        var gone = EndpointHealth.Fresh.After(new Gone(410, string.Empty), Some.Noon);

        gone.CircuitAt(Some.Noon).ShouldBe(Circuit.Disabled);
        gone.After(Success, Some.Noon.Plus(1)).ShouldBe(gone);
    }

    [Fact]
    public void LearnsNothingFromRefusalsAndAborts()
    {
        var failing = FailingTimes(3);

        failing.After(new Refused("private"), Some.Noon).ShouldBe(failing);
        failing.After(new Aborted(422, string.Empty), Some.Noon).ShouldBe(failing);
    }

    private static EndpointHealth FailingTimes(int failures)
    {
        var health = EndpointHealth.Fresh;
        for (var i = 0; i < failures; i++) health = health.After(Failure, Some.Noon);
        return health;
    }
}
