using Grid.Grains.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Rulebooks;

public sealed class WorkThatCanWaitTests
{
    private readonly InFlightEvents _events = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void GoesOnAtOnceWhileNoEventIsUnderWay()
    {
        _events.Begin();
        _events.End();
        _events.Ended(GridApplication.Patience, TimeProvider.System, Cancellation).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task GoesOnWhenTheLastEventHasEnded()
    {
        _events.Begin();
        _events.Begin();
        var waiting = _events.Ended(GridApplication.Patience * 10, TimeProvider.System, Cancellation);
        _events.End();
        waiting.IsCompleted.ShouldBeFalse();
        _events.End();
        await waiting.WaitAsync(GridApplication.Patience, Cancellation);
    }

    [Fact]
    public async Task GoesOnAfterAWhileWhenEventsNeverEnd()
    {
        _events.Begin();
        await _events.Ended(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation).WaitAsync(GridApplication.Patience, Cancellation);
    }

    [Fact]
    public async Task EndsWithWhoeverDoesIt()
    {
        _events.Begin();
        using var stopping = new CancellationTokenSource();
        var waiting = _events.Ended(GridApplication.Patience * 10, TimeProvider.System, stopping.Token);
        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting.WaitAsync(GridApplication.Patience, Cancellation));
    }

    [Fact]
    public void HearsOnceOfEventsThatCame()
    {
        _events.HaveCome().ShouldBeFalse();
        _events.Begin();
        _events.End();
        _events.HaveCome().ShouldBeTrue();
        _events.HaveCome().ShouldBeFalse();
    }
}
