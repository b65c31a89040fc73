using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Shouldly;

namespace Grid.Tests.Ledger;

/// <summary>A customer who buys: makes real changes, with states and deltas as the model encodes them.</summary>
internal sealed class Shopper(string id)
{
    public static readonly Instant Start = new(1_700_000_000_000);
    private readonly ByteWriter _writer = new();
    private readonly Customer _customer = new();

    public CustomerId Id { get; } = new(id);

    /// <summary>The next change: an order, and the transitions given as "scheme from to".</summary>
    public CustomerChange Buys(Instant? dueAt = null, params string[] moves)
    {
        var at = Start.Plus(_customer.Version * MillisecondsPer.Hour);
        var number = _customer.Version + 1;
        Fact order = new OrderPaid(at, MessageKey.From($"{Id}-{number}"), $"order-{number}", 1_000 + number, "shoes", "web");
        _customer.Apply(order).Kind.ShouldBe(OutcomeKind.Accepted);
        _customer.Version = number;
        _customer.EvaluatedAt = at;
        _customer.DueAt = dueAt ?? Instant.Never;
        _customer.Measures = [number, 1_000 * number];
        _writer.Clear();
        CustomerCodec.Encode(_writer, _customer);
        var state = _writer.ToArray();
        _writer.Clear();
        CustomerCodec.EncodeDelta(_writer, _customer, [], [order]);
        return new CustomerChange(
            Id, number, state, _writer.ToArray(), _customer.DueAt, _customer.Measures, [.. moves.Select(move => Move(move, at))])
        { Standing = LayerAssignments.From(_customer) };
    }

    private Transition Move(string move, Instant at)
    {
        var words = move.Split(' ');
        var from = words[1] == "-" ? null : words[1];
        var direction = from is null ? Direction.Entry : Direction.Upgrade;
        return new Transition(Id, words[0], from, words[2], direction, new Cause(CauseKind.Baseline, 7), at, at.Plus(250));
    }
}
