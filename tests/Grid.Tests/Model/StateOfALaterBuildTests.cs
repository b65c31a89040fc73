using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

/// <summary>A later build adds a section to states; this build runs beside it.</summary>
public sealed class StateOfALaterBuildTests
{
    private static readonly byte[] Written = Section(7, [1, 2, 3]);
    private static readonly byte[] WrittenLater = Section(7, [4]);

    [Fact]
    public void IsReadHereAndKeepsWhatThisBuildDoesNotKnow()
    {
        var life = Begun();
        life.Take(Day(1), Order(1));
        byte[] state = [.. life.State!, .. Written];

        var change = CustomerDecider.Decide(life.Customer.Id, state, [Order(2)], Day(2), life.Rules).Change.ShouldNotBeNull();

        change.State.AsSpan().EndsWith(Written).ShouldBeTrue();
        CustomerDecider.Decide(life.Customer.Id, life.State, [Order(2)], Day(2), life.Rules).Change!.State.ShouldBe(change.State[..^Written.Length]);
        CustomerCodec.Fold(state, change.Delta).ShouldBe(change.State);
    }

    [Fact]
    public void IsFoldedFromTheDeltasOfBothBuilds()
    {
        var life = Begun();
        life.Take(Day(1), Order(1));
        byte[] state = [.. life.State!, .. Written];
        var here = CustomerDecider.Decide(life.Customer.Id, state, [Order(2)], Day(2), life.Rules).Change!;
        var there = CustomerDecider.Decide(life.Customer.Id, here.State, [Order(3)], Day(3), life.Rules).Change!;
        byte[] theirState = [.. there.State[..^Written.Length], .. WrittenLater];
        byte[] theirDelta = [.. there.Delta, .. WrittenLater];

        CustomerCodec.Fold(CustomerCodec.Fold(state, here.Delta), theirDelta).ShouldBe(theirState);
    }

    [Fact]
    public void IsToldFromDamage()
    {
        var life = Begun();
        life.Take(Day(1), Order(1));
        Should.Throw<InvalidDataException>(() => Decode([.. life.State!, 0]));
        Should.Throw<InvalidDataException>(() => Decode([.. life.State!, .. Written[..^1]]));

        void Decode(byte[] state) => CustomerCodec.Decode(life.Customer.Id, state, new Customer());
    }

    private static OrderPaid Order(int number) => new(Day(number), MessageKey.From($"m{number}"), $"o{number}", 100_00);

    private static byte[] Section(byte number, byte[] content)
    {
        var writer = new ByteWriter();
        writer.Byte(number);
        writer.Bytes(content);
        return writer.ToArray();
    }
}
