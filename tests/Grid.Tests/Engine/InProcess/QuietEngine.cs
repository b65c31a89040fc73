using Grid.InProcess.Engine;
using Shouldly;
using Xunit;

namespace Grid.Tests.Engine.InProcess;

public sealed class QuietEngine
{
    private const int Rounds = 300_000;

    /// <summary>The last one ends on one thread while another asks; neither may overlook the other.</summary>
    [Fact]
    public async Task IsToldWhenTheLastEndsJustAsSomebodyAsks()
    {
        var gauge = new QuietGauge();
        var (begun, ended) = (0, 0);
        var ending = new Thread(() =>
        {
            for (var round = 1; round <= Rounds; round++)
            {
                while (Volatile.Read(ref begun) < round) Thread.SpinWait(1);
                gauge.Ended();
                Volatile.Write(ref ended, round);
            }
        });
        ending.IsBackground = true;
        ending.Start();

        for (var round = 1; round <= Rounds; round++)
        {
            gauge.Began();
            Volatile.Write(ref begun, round);
            var quiet = gauge.Quiet();
            SpinWait.SpinUntil(() => Volatile.Read(ref ended) == round);
            if (!quiet.IsCompleted) await quiet.WaitAsync(EngineFixture.Patience);
        }

        ended.ShouldBe(Rounds);
    }
}
