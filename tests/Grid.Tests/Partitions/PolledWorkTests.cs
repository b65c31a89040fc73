using Grid.Grains.Partitions;
using Shouldly;
using Xunit;

namespace Grid.Tests.Partitions;

public sealed class OngoingWorkTests
{
    private readonly PolledWork<int> _work = new(TimeProvider.System);
    private readonly TaskCompletionSource _ends = new();
    private int _begun;

    [Fact]
    public async Task IsBegunOnceAndSaysWhenItIsDone()
    {
        (await Ask(1, TimeSpan.Zero)).ShouldBeFalse();
        (await Ask(1, TimeSpan.Zero)).ShouldBeFalse();
        _ends.SetResult();

        (await Ask(1, GridWaits.Patience)).ShouldBeTrue();
        _begun.ShouldBe(1);
    }

    [Fact]
    public async Task GivesWayToOtherWork()
    {
        (await Ask(1, TimeSpan.Zero)).ShouldBeFalse();
        (await Ask(2, TimeSpan.Zero)).ShouldBeFalse();

        _begun.ShouldBe(2);
    }

    [Fact]
    public async Task ThrowsWhatItFailedWithAndIsBegunAnew()
    {
        _ends.SetException(new InvalidDataException("damaged"));

        await Should.ThrowAsync<InvalidDataException>(() => Ask(1, GridWaits.Patience));
        await Should.ThrowAsync<InvalidDataException>(() => Ask(1, GridWaits.Patience));

        _begun.ShouldBe(2);
    }

    private Task<bool> Ask(int asked, TimeSpan patience) => _work.Continue(
        asked,
        () =>
        {
            _begun++;
            return _ends.Task;
        },
        patience);
}
