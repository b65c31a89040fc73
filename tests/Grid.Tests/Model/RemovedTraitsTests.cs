using Grid.Model;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model;

/// <summary>Traits that a sender takes away. The same calls give the same bytes in any order of arrival.</summary>
public sealed class RemovedTraitsTests
{
    private const string Old = "old", Later = "later";

    public static TheoryData<string, TraitsSet[], string> Lives { get; } = new()
    {
        { "the removal is the last word", [Set(1, "city", Old), Removed(2, "city")], "" },
        { "a later value returns", [Set(1, "city", Old), Removed(2, "city"), Set(3, "city", Later)], "city=later" },
        { "what was never there", [Removed(2, "city")], "" },
        { "others stay", [Set(1, "city", Old), Set(1, "cityTier", Old), Removed(2, "city")], "cityTier=old" },
        { "twice", [Set(1, "city", Old), Removed(2, "city"), Set(3, "city", Later), Removed(4, "city")], "" },
        { "an object with what is inside", [Set(1, "address.city", Old), Set(1, "address.zip.code", Old), Removed(2, "address")], "" },
        { "a part of an object", [Set(1, "address.city", Old), Set(1, "address.zip", Old), Removed(2, "address.city")], "address.zip=old" },
        { "a name that begins alike", [Set(1, "address2.city", Old), Removed(2, "address")], "address2.city=old" },
        { "a part that returns", [Set(1, "address.city", Old), Removed(2, "address"), Set(3, "address.city", Later)], "address.city=later" },
        { "an object that returns as a text", [Set(1, "address.city", Old), Removed(2, "address"), Set(3, "address", Later)], "address=later" },
    };

    [Theory]
    [MemberData(nameof(Lives))]
    public void AreGoneInAnyOrderOfArrival(string life, TraitsSet[] calls, string expected)
    {
        byte[]? bytes = null;
        foreach (var order in Orders(calls))
        {
            var customer = new Customer();
            foreach (var call in order) customer.Apply(call).ShouldBe(FactOutcome.Accepted, life);
            Shown(customer).ShouldBe(expected, life);
            foreach (var call in order) customer.Apply(call).ShouldBe(FactOutcome.Duplicate, life);
            var attributes = Encoded(customer, withMessages: false);
            attributes.ShouldBe(bytes ??= attributes, life);
            Shown(Reopened(customer)).ShouldBe(expected, life);
            Encoded(Reopened(customer)).ShouldBe(Encoded(customer), life);
        }
    }

    [Fact]
    public void StayGoneWhenAnOlderCallIsSentAgainAfterTheStateWasStored()
    {
        var customer = new Customer();
        customer.Apply(Removed(2, "city"));
        customer = Reopened(customer);
        customer.Apply(Set(1, "city", Old));
        Shown(customer).ShouldBe("");
    }

    /// <summary>An earlier build does not read the removals: it stores a trait of an earlier call, and a removal as a trait.</summary>
    [Fact]
    public void StayGoneWhenAnEarlierBuildHasWrittenTheRow()
    {
        var customer = new Customer();
        customer.Attributes.Restore(new TraitEntry("age", TraitValue.Removed, At(2), MessageKey.From("r")));
        customer.Attributes.Restore(new TraitEntry("city", TraitValue.OfText(Old), At(1), MessageKey.From("s")));
        customer.Attributes.Restore(new TraitRemoval("city", At(2), MessageKey.From("r")));
        Shown(customer).ShouldBe("");
        customer.Attributes.Removals.ToArray().Select(removal => removal.Name).ShouldBe(["age", "city"]);
    }

    [Fact]
    public void CountAmongTheTraits()
    {
        var customer = new Customer();
        for (var index = 0; index < Limits.TraitsMax; index++) customer.Apply(Removed(1, $"t{index}")).ShouldBe(FactOutcome.Accepted);
        customer.Apply(Removed(1, "more")).Kind.ShouldBe(OutcomeKind.Rejected);
        customer.Apply(Set(1, "more", Old)).Kind.ShouldBe(OutcomeKind.Rejected);
        customer.Apply(Set(2, "t7", Later)).ShouldBe(FactOutcome.Accepted);
    }

    [Fact]
    public void ArePartOfADelta()
    {
        var before = new Customer();
        before.Apply(Set(1, "city", Old));
        var state = Encoded(before);
        var removal = Removed(2, "city");
        before.Apply(removal);
        var writer = new ByteWriter();
        CustomerCodec.EncodeDelta(writer, before, before.Layers, [removal]);
        CustomerCodec.Fold(state, writer.Written).ShouldBe(Encoded(before));
    }

    [Fact]
    public void HoldNoConditionAnyMore()
    {
        var life = ASimpleLife.With("lyon: trait(address.city) = Lyon");
        var (set, removed) = (Set(1, "address.city", "Lyon"), Removed(2, "address"));
        life.Take(ASimpleLife.Start, set with { At = ASimpleLife.Start });
        life.LayerOf("s0").ShouldBe("lyon");
        life.Take(ASimpleLife.Day(1), removed with { At = ASimpleLife.Day(1) });
        life.LayerOf("s0").ShouldNotBe("lyon");
        life.Take(ASimpleLife.Day(2), set with { At = ASimpleLife.Start, Key = MessageKey.From("again") });
        life.LayerOf("s0").ShouldNotBe("lyon");
    }

    private static Instant At(int second) => new(second * 1_000L);

    private static TraitsSet Set(int second, string name, string value) =>
        new(At(second), MessageKey.From($"{second} {name} {value}"), [new Trait(name, TraitValue.OfText(value))]);

    private static TraitsSet Removed(int second, string name) =>
        new(At(second), MessageKey.From($"{second} {name}"), [new Trait(name, TraitValue.Removed)]);

    private static string Shown(Customer customer) =>
        string.Join(",", customer.Attributes.Traits.ToArray().Select(trait => $"{trait.Name}={trait.Value.Text}"));

    private static byte[] Encoded(Customer customer, bool withMessages = true)
    {
        var writer = new ByteWriter();
        if (!withMessages)
        {
            var copy = new Customer { JoinedAt = customer.JoinedAt };
            copy.Attributes.Take(customer.Attributes, Instant.Never);
            customer = copy;
        }

        CustomerCodec.Encode(writer, customer);
        return writer.ToArray();
    }

    private static Customer Reopened(Customer customer)
    {
        var opened = new Customer();
        CustomerCodec.Decode(customer.Id, Encoded(customer), opened);
        return opened;
    }

    private static IEnumerable<T[]> Orders<T>(T[] all)
    {
        if (all.Length == 1) return [all];
        return all.SelectMany((first, index) => Orders<T>([.. all[..index], .. all[(index + 1)..]]).Select(rest => (T[])[first, .. rest]));
    }
}
