using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

public sealed class TurnsNeverOverlap
{
    [Fact]
    public async Task AmongForkedAwaitsOfOneCall()
    {
        await using var fixture = await EngineFixture.Start();

        await fixture.Probe("a").Fork(branches: 50, steps: 100);

        (await fixture.Probe("a").Count()).ShouldBe((50 * 100) + 1);
        fixture.Witness.Overlaps.ShouldBe(0);
    }

    [Fact]
    public async Task AmongCallsFromManyThreads()
    {
        await using var fixture = await EngineFixture.Start();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => fixture.Probe("a").Fork(branches: 5, steps: 50))));

        (await fixture.Probe("a").Count()).ShouldBe((8 * 5 * 50) + 1);
        fixture.Witness.Overlaps.ShouldBe(0);
    }

    [Fact]
    public async Task AndACallBeginsOnlyWhenTheOneBeforeHasEnded()
    {
        await using var fixture = await EngineFixture.Start();
        var first = fixture.Probe("a").WaitAt("first");
        await fixture.Seen("first begun");
        var second = fixture.Probe("a").WaitAt("second");
        await fixture.Settle();

        fixture.Witness.Open("second");
        await fixture.Settle();
        fixture.Witness.Seen.ShouldNotContain("second begun");
        fixture.Witness.Open("first");
        await Task.WhenAll(first, second);

        fixture.Witness.Seen.Skip(2).ShouldBe(["first begun", "first ended", "second begun", "second ended"]);
    }

    [Fact]
    public async Task ButACallThatInterleavesBeginsAtAnAwaitOfAnother()
    {
        await using var fixture = await EngineFixture.Start();
        var waiting = fixture.Probe("a").WaitAt("gate");
        await fixture.Seen("gate begun");

        (await fixture.Probe("a").Interleaved().WaitAsync(EngineFixture.Patience)).ShouldBe("interleaved");

        waiting.IsCompleted.ShouldBeFalse();
        fixture.Witness.Open("gate");
        await waiting;
    }

    [Fact]
    public async Task AndReadersRunBesideReadersButNotBesideAnotherCall()
    {
        await using var fixture = await EngineFixture.Start();
        var readers = Task.WhenAll(fixture.Probe("a").ReadAt("one"), fixture.Probe("a").ReadAt("two"));
        await fixture.Seen("one begun");
        await fixture.Seen("two begun");
        var count = fixture.Probe("a").Count();
        await fixture.Settle();
        count.IsCompleted.ShouldBeFalse();

        fixture.Witness.OpenAll();

        await Task.WhenAll(readers, count);
    }

    [Fact]
    public async Task AndACallThatTheCallerDoesNotAwaitIsDoneAllTheSame()
    {
        await using var fixture = await EngineFixture.Start();

        await fixture.Probe("a").CountOneWay();
        await fixture.Settle();

        (await fixture.Probe("a").Count()).ShouldBe(2);
    }

    [Fact]
    public async Task AndValueTasksTakeTurnsToo()
    {
        await using var fixture = await EngineFixture.Start();
        var blocked = fixture.Probe("a").WaitAt("gate");
        await fixture.Seen("gate begun");

        var queued = fixture.Probe("a").CountByValueTask().AsTask();
        await fixture.Settle();
        queued.IsCompleted.ShouldBeFalse();
        fixture.Witness.Open("gate");
        await blocked;

        (await queued).ShouldBe(1);
        await fixture.Probe("a").CountWithoutResult();
        (await fixture.Probe("a").CountByValueTask()).ShouldBe(3);
    }

    [Fact]
    public async Task AndABusyGrainDoesNotKeepOthersFromTheirTurn()
    {
        await using var fixture = await EngineFixture.Start();
        var busy = fixture.Probe("busy").Fork(branches: 4, steps: 200_000);

        (await fixture.Probe("other").Count().WaitAsync(EngineFixture.Patience)).ShouldBe(1);

        await busy;
    }
}
