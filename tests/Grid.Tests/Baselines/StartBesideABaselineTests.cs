using System.Reflection;
using Grid.Grains;
using Grid.Grains.Clocks;
using Grid.Ledger;
using Grid.Ledger.Memory;
using Grid.Model.Customers;
using Grid.Tests.Deployment;
using Grid.Tests.Segments;
using Shouldly;
using Xunit;

namespace Grid.Tests.Baselines;

/// <summary>A baseline first wakes every customer who is due, which takes minutes after a downtime.</summary>
public sealed class StartBesideABaselineTests
{
    [Fact]
    public async Task ASiloThatStartsDoesNotWaitUntilEveryoneIsWoken()
    {
        var ledger = DispatchProxy.Create<IKeptLedger, LedgerThatHolds>();
        var commits = (LedgerThatHolds)ledger;
        var time = new SimulatedClock(SomeBuyers.Noon);
        await using var grid = await GridApplication.Start(ledger, time: time);
        var rules = grid.Of<IGrainFactory>().Rules();
        await grid.Order("ada");
        await grid.PublishBaseline();
        time.Advance(TimeSpan.FromDays(400));
        commits.Holds = new CustomerId("ada");

        var publishing = rules.WakeAndPublishBaseline(grid.Now);
        await commits.Held.WaitAsync(GridApplication.Patience);
        await rules.Resume(grid.Now).WaitAsync(GridApplication.Patience);

        publishing.IsCompleted.ShouldBeFalse();
        commits.LetGo();
        await publishing.WaitAsync(GridApplication.Patience);
    }
}

/// <summary>A ledger in memory that keeps the commits of one customer waiting.</summary>
public class LedgerThatHolds : DispatchProxy
{
    private readonly MemoryLedger _kept = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CustomerId? Holds { get; set; }

    /// <summary>Completes when a commit waits.</summary>
    public Task Held => _held.Task;

    public void LetGo() => _letGo.TrySetResult();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(ILedger.Commit) && args![0] is CustomerChange change && change.Customer == Holds
            ? new ValueTask<CommitOutcome>(CommitLater(change)) : targetMethod.Invoke(_kept, args);

    private async Task<CommitOutcome> CommitLater(CustomerChange change)
    {
        _held.TrySetResult();
        await _letGo.Task;
        return await _kept.Commit(change);
    }
}
