using Grid.Api.Transitions;
using Grid.Ledger;
using Shouldly;
using Xunit;

namespace Grid.Tests.Api;

public sealed class LogOfTwoLanesTests
{
    private readonly TwoLanes _log = new();

    [Fact]
    public async Task BeginsWithWhatWasRecordedLastInEitherLane()
    {
        for (var at = 1; at <= 400; at++) _log.Add(at % 4 == 0 ? 1 : 0, at);

        var latest = await new LatestTransitions(_log).Read(TransitionFilter.None, CancellationToken.None);

        latest.Items.Select(item => item.Customer).ShouldBe(Enumerable.Range(351, 50).Select(at => $"c{at}"), ignoreOrder: true);
        latest.Position.ShouldBe(_log.Head);
    }

    [Fact]
    public async Task ResumesFromAnyTransitionsOwnPositionWithTheRestOfBothLanes()
    {
        for (var at = 1; at <= 60; at++) _log.Add(at % 3 == 0 ? 1 : 0, at);
        var all = (await Read(LogPosition.Start)).ToList();
        all.Count.ShouldBe(60);

        for (var index = 0; index < all.Count; index++)
        {
            LogPosition.TryParse(all[index].Position, out var position).ShouldBeTrue();
            var rest = await Read(position);
            rest.Select(item => item.Customer).ShouldBe(all.Skip(index + 1).Select(item => item.Customer), ignoreOrder: true);
        }
    }

    /// <summary>All frames of a stream until its position is the end of the log.</summary>
    private async Task<List<TransitionView>> Read(LogPosition after)
    {
        var items = new List<TransitionView>();
        await foreach (var frame in new TransitionStream(_log, new LatestTransitions(_log), TimeProvider.System)
                           .Frames(TransitionFilter.None, after, CancellationToken.None))
        {
            items.AddRange(frame.Items);
            if (frame.Position == _log.Head.ToString()) break;
        }

        return items;
    }
}
