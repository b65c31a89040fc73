using Grid.Model;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

/// <summary>Facts that contradict each other at one instant: the later in its batch, then the later received, stands, also after re-deliveries.</summary>
public sealed class ContradictionTests
{
    private static readonly Instant At = new(1_000_000);

    public static TheoryData<string, Fact, Fact, string, string> Pairs { get; } = new()
    {
        { "consent", new ConsentChanged(At, Key("a"), "sms", true), new ConsentChanged(At, Key("b"), "sms", false), "sms=True", "sms=False" },
        { "trait", Set("a", "city", "x"), Set("b", "city", "y"), "city=x", "city=y" },
        { "trait and its removal", Set("a", "city", "x"), Gone("b", "city"), "city=x", "" },
        { "part of a removed object", Set("a", "address.city", "x"), Gone("b", "address"), "address.city=x", "" },
        { "tag", new TagChanged(At, Key("a"), "vip", true, Instant.Never), new TagChanged(At, Key("b"), "vip", false, Instant.Never), "vip=True", "vip=False" },
        { "community", new CommunityJoined(At, Key("a"), "g", "qr"), new CommunityJoined(At, Key("b"), "g", "friend"), "g=qr", "g=friend" },
        { "order", new OrderPaid(At, Key("a"), "o", 100), new OrderPaid(At, Key("b"), "o", 200), "o=100", "o=200" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void TheLaterStands(string kind, Fact one, Fact other, string shownOfOne, string shownOfOther)
    {
        foreach (var (first, last, expected) in ((Fact, Fact, string)[])[(one, other, shownOfOther), (other, one, shownOfOne)])
        {
            var customer = new Customer();
            customer.Apply(first).ShouldBe(FactOutcome.Accepted, kind);
            customer.Apply(last).Kind.ShouldBe(OutcomeKind.Accepted, kind);
            Shown(customer).ShouldBe(expected, kind);
            var bytes = Encoded(customer);
            foreach (var again in (Fact[])[first, last, first])
            {
                customer.Apply(again).ShouldBe(FactOutcome.Duplicate, kind);
                Encoded(customer).ShouldBe(bytes, kind);
            }

            Encoded(Opened(bytes)).ShouldBe(bytes, kind);
        }
    }

    /// <summary>A customer forgets message ids after some time; a fact keeps the keys of the messages it has replaced.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void TheEarlierDoesNotReturnWhenItsMessageIsForgotten(string kind, Fact one, Fact other, string shownOfOne, string shownOfOther)
    {
        foreach (var (first, last, expected) in ((Fact, Fact, string)[])[(one, other, shownOfOther), (other, one, shownOfOne)])
        {
            var customer = new Customer();
            customer.Apply(first);
            customer.Apply(last);
            for (var index = 0; index < Limits.MessageKeysMax; index++) customer.Apply(new Interacted(At, Key($"i{index}"), "comment-added"));
            customer = Opened(Encoded(customer));
            customer.Apply(first);
            Shown(customer).ShouldBe(expected, kind);
            customer.Apply(last);
            customer.Apply(first);
            Shown(Opened(Encoded(customer))).ShouldBe(expected, kind);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void TheLaterInABatchStands(string kind, Fact one, Fact other, string shownOfOne, string shownOfOther)
    {
        foreach (var (first, last, expected) in ((Fact, Fact, string)[])[(one, other, shownOfOther), (other, one, shownOfOne)])
        {
            var life = Begun();
            life.Take(Start.Plus(MillisecondsPer.Day), first with { At = Start }, last with { At = Start });
            Shown(life.Customer).ShouldBe(expected, kind);
        }
    }

    [Theory]
    [InlineData("a b c", "city=c")]
    [InlineData("c a b", "city=b")]
    [InlineData("a - b", "city=b")]
    [InlineData("a b -", "")]
    [InlineData("- a b", "city=b")]
    [InlineData("a b c a b", "city=c")]
    [InlineData("a - b - a", "city=b")]
    [InlineData("- a - a", "city=a")]
    public void OfManyTheLastNewOneStands(string arrivals, string expected)
    {
        var customer = new Customer();
        foreach (var arrival in arrivals.Split(' '))
        {
            customer.Attributes.Apply(arrival == "-" ? Gone("-", "city") : Set(arrival, "city", arrival));
            customer = Opened(Encoded(customer));
        }

        Shown(customer).ShouldBe(expected);
    }

    [Fact]
    public void AnOrderWithTheSameContentIsADuplicate()
    {
        var customer = new Customer();
        customer.Apply(new OrderPaid(At, Key("a"), "o", 100));
        customer.Apply(new OrderPaid(At, Key("b"), "o", 100)).ShouldBe(FactOutcome.Duplicate);
        customer.Orders.Orders[0].Key.ShouldBe(Key("a"));
    }

    [Fact]
    public void TheEarlierInstantStillDecidesBeforeTheArrival()
    {
        var customer = new Customer();
        customer.Apply(Set("a", "city", "x"));
        customer.Apply(Set("b", "city", "y") with { At = At.Plus(-1) });
        Shown(customer).ShouldBe("city=x");
        customer.Apply(Set("c", "city", "z") with { At = At.Plus(1) });
        Shown(customer).ShouldBe("city=z");
        customer.Apply(Set("d", "city", "w"));
        Shown(customer).ShouldBe("city=z");
    }

    private static MessageKey Key(string text) => MessageKey.From(text);

    private static TraitsSet Set(string key, string name, string value) => new(At, Key(key), [new Trait(name, TraitValue.OfText(value))]);

    private static TraitsSet Gone(string key, string name) => new(At, Key(key), [new Trait(name, TraitValue.Removed)]);

    private static string Shown(Customer customer)
    {
        var attributes = customer.Attributes;
        return string.Join(
            ' ',
            [
                .. attributes.Traits.ToArray().Select(trait => $"{trait.Name}={trait.Value.Text}"),
                .. attributes.Consents.ToArray().Select(consent => $"{consent.Purpose}={consent.Granted}"),
                .. attributes.Tags.ToArray().Select(tag => $"{tag.Name}={tag.Present}"),
                .. attributes.Communities.ToArray().Select(community => $"{community.Community}={community.Source}"),
                .. customer.Orders.Orders.ToArray().Select(order => $"{order.Id}={order.Amount}"),
            ]);
    }

    private static byte[] Encoded(Customer customer)
    {
        var writer = new ByteWriter();
        CustomerCodec.Encode(writer, customer);
        return writer.ToArray();
    }

    private static Customer Opened(byte[] state)
    {
        var customer = new Customer();
        CustomerCodec.Decode(customer.Id, state, customer);
        return customer;
    }
}
