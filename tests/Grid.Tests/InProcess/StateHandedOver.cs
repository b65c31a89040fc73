using Shouldly;
using Xunit;

namespace Grid.Tests.InProcess;

public sealed class StateHandedOver
{
    [Fact]
    public async Task ArrivesAsItWasSent()
    {
        await using var fixture = await EngineFixture.Start();

        var echoed = await fixture.Probe("a").Echo(new Message("word", [1, 2, 3]));

        echoed.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task ReachesAnObserverInOrder()
    {
        await using var fixture = await EngineFixture.Start();
        var observer = new RecordingObserver();
        var reference = fixture.Grains.CreateObjectReference<IProbeObserver>(observer);

        for (var word = 0; word < 10; word++)
            await fixture.Probe("a").Notify(reference, $"{word}");
        await fixture.Settle();

        observer.Words.ShouldBe(Enumerable.Range(0, 10).Select(word => $"{word}"));
    }

    [Fact]
    public async Task NoLongerReachesAnObserverThatWasRemoved()
    {
        await using var fixture = await EngineFixture.Start();
        var observer = new RecordingObserver();
        var reference = fixture.Grains.CreateObjectReference<IProbeObserver>(observer);

        fixture.Grains.DeleteObjectReference<IProbeObserver>(observer);
        await fixture.Settle();
        await fixture.Probe("a").Notify(reference, "late");
        await fixture.Settle();

        observer.Words.ShouldBeEmpty();
    }

    private sealed class RecordingObserver : IProbeObserver
    {
        public List<string> Words { get; } = [];

        public void Heard(string word) => Words.Add(word);
    }
}
