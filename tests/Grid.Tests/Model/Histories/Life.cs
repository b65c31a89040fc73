using System.Runtime.InteropServices;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Tests.Model.Histories;

/// <summary>A customer as the engine stores it, turn after turn, with all its facts and all its transitions.</summary>
internal sealed class Life(Rules rules, string id = "c")
{
    private readonly List<Fact> _delivered = [];
    private readonly List<Transition> _transitions = [];

    public Rules Rules { get; set; } = rules;

    public byte[]? State { get; private set; }

    public IReadOnlyList<Fact> Delivered => _delivered;

    public IReadOnlyList<Transition> Transitions => _transitions;

    public Customer Customer => Opened(State!, id);

    public Instant DueAt => State is null ? Instant.Never : CustomerHeader.Read(State).DueAt;

    public CustomerDecision Take(Instant now, params IReadOnlyList<Fact> facts)
    {
        var result = CustomerDecider.Decide(new CustomerId(id), State, facts, now, Rules);
        _delivered.AddRange(facts.Where((_, index) => result.Outcomes[index].Kind != OutcomeKind.Rejected));
        if (result.Change is { } change)
        {
            State = change.State;
            _transitions.AddRange(change.Transitions);
        }

        return result;
    }

    /// <summary>Wakes the customer at each of its deadlines up to an instant.</summary>
    public void WakeUntil(Instant until)
    {
        while (DueAt <= until) Take(DueAt);
    }

    public string LayerOf(string scheme)
    {
        var schemes = Rules.Rulebook.Schemes;
        var index = Enumerable.Range(0, schemes.Count).First(position => schemes[position].Id == scheme);
        return schemes[index].Layers[Customer.Layers[index].Layer];
    }

    public static Customer Opened(byte[] state, string id = "c")
    {
        var customer = new Customer();
        CustomerCodec.Decode(new CustomerId(id), state, customer);
        return customer;
    }

    public static byte[] Encoded(Customer customer)
    {
        var writer = new ByteWriter();
        CustomerCodec.Encode(writer, customer);
        return writer.ToArray();
    }

    /// <summary>
    /// The state without the parts that depend on its history: version, evaluation, since and cause of the layers, order of the messages.
    /// </summary>
    public static string Essence(byte[] state)
    {
        var customer = Opened(state);
        var messages = customer.Messages.ToArray();
        customer.Version = 0;
        customer.EvaluatedAt = new Instant(0);
        var path = new LayerState(0, 0, default, new Cause(CauseKind.Event), default);
        customer.Layers = [.. customer.Layers.Select(layer => path with { Layer = layer.Layer, NextAt = layer.NextAt })];
        var bytes = Encoded(customer).AsSpan();
        var stored = MemoryMarshal.AsBytes<ulong>(messages);
        var start = bytes.LastIndexOf(stored);
        return Convert.ToHexString(bytes[..start]) + Convert.ToHexString(bytes[(start + stored.Length)..]) + string.Join(',', messages.Order());
    }
}
