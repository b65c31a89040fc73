using System.Collections.Concurrent;
using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

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
        await EngineFixture.Until(() => observer.Words.Count == 10, "ten words");

        observer.Words.ShouldBe(Enumerable.Range(0, 10).Select(word => $"{word}"));
    }

    [Fact]
    public async Task NoLongerReachesAnObserverThatWasRemoved()
    {
        await using var fixture = await EngineFixture.Start();
        var observer = new RecordingObserver();
        var reference = fixture.Grains.CreateObjectReference<IProbeObserver>(observer);

        fixture.Grains.DeleteObjectReference<IProbeObserver>(reference);
        await fixture.Settle();
        await fixture.Probe("a").Notify(reference, "late");
        await fixture.Settle();

        observer.Words.ShouldBeEmpty();
    }

    private sealed class RecordingObserver : IProbeObserver
    {
        public ConcurrentQueue<string> Words { get; } = [];

        public void Heard(string word) => Words.Enqueue(word);
    }
}
