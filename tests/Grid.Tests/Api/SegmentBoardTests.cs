using System.Collections.Concurrent;
using System.Threading.Channels;
using Grid.Api.Segments;
using Grid.Grains;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Shouldly;
using Xunit;

namespace Grid.Tests.Api;

public sealed class SegmentBoardTests
{
    [Fact]
    public async Task IsNotPushedToWhenItsLastWatcherHasLeft()
    {
        var pushes = new Pushes();
        await using var grid = await GridApplication.Start(calls: pushes);
        var board = grid.Of<SegmentBroadcaster>();
        await using (board.Watch())
        {
            // Counts are shown when the board has subscribed; the next order is pushed.
            await Shows(board, grid);
            await grid.Order("buyer");
            await pushes.Begun.WaitAsync(GridApplication.Patience);
        }

        var listener = new Listener();
        var self = grid.Of<IGrainFactory>().CreateObjectReference<ISegmentObserver>(listener);
        var schemes = grid.Of<CurrentRules>().Value.Rulebook.Schemes.Select(scheme => scheme.Id).ToList();
        foreach (var scheme in schemes) await grid.Of<IGrainFactory>().Segment(scheme).Subscribe(self);
        pushes.Targets.Clear();

        await grid.Order("buyer");

        foreach (var scheme in schemes) await listener.Hears(scheme, grid.Ledger.Head.ToString());
        pushes.Targets.Distinct().ShouldBe([self.GetGrainId()]);
        grid.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task IsShownToAWatcherWhoComesWhenTheLastHasLeft()
    {
        await using var grid = await GridApplication.Start();
        var board = grid.Of<SegmentBroadcaster>();
        await using (board.Watch()) await Shows(board, grid);

        await using (board.Watch()) await Shows(board, grid);

        grid.Warnings.ShouldBeEmpty();
    }

    /// <summary>Waits until the board has counted one order more.</summary>
    private static async Task Shows(SegmentBroadcaster board, GridApplication grid)
    {
        await grid.Order("buyer");
        var head = grid.Ledger.Head;
        while (true)
        {
            var (counts, replaced) = board.Latest;
            if (counts is not null && counts.Position.Equals(head)) return;
            await replaced.WaitAsync(GridApplication.Patience);
        }
    }

    /// <summary>Records the observers that the segments pushed to.</summary>
    private sealed class Pushes : IOutgoingGrainCallFilter
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<GrainId> Targets { get; } = [];

        public Task Begun => _begun.Task;

        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context.MethodName != nameof(ISegmentObserver.Counted)) return context.Invoke();
            Targets.Enqueue(context.TargetId);
            _begun.TrySetResult();
            return context.Invoke();
        }
    }

    private sealed class Listener : ISegmentObserver
    {
        private readonly Dictionary<string, string> _heard = [];
        private readonly Channel<SegmentSnapshot> _counts = Channel.CreateUnbounded<SegmentSnapshot>();

        public Task Counted(SegmentSnapshot counts)
        {
            _counts.Writer.TryWrite(counts);
            return Task.CompletedTask;
        }

        public async Task Hears(string scheme, string position)
        {
            using var patience = new CancellationTokenSource(GridApplication.Patience, TimeProvider.System);
            while (_heard.GetValueOrDefault(scheme) != position)
            {
                var counts = await _counts.Reader.ReadAsync(patience.Token);
                _heard[counts.Scheme] = counts.Position;
            }
        }
    }
}
