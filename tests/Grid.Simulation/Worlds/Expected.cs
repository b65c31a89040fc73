using System.Runtime.InteropServices;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Simulation.Worlds;

/// <summary>The expected state of a customer, from its facts alone: all of them in one evaluation.</summary>
internal static class Expected
{
    /// <summary>Facts of unknown outcome up to which all combinations are tried.</summary>
    private const int UnknownMax = 10;

    /// <summary>The customer's change under these rules if all facts arrived at this instant; null without any fact.</summary>
    public static CustomerChange? Change(CustomerId id, IReadOnlyList<Fact> facts, Instant now, Rules rules) =>
        facts.Count == 0 ? null : CustomerDecider.Decide(id, null, facts, now, rules).Change;

    /// <summary>The sets of facts that a customer may have: the acknowledged ones, with any of those of unknown outcome.</summary>
    public static IEnumerable<List<Fact>> Possible(CustomerMemory customer)
    {
        if (customer.MayBeErased) yield return [];
        List<Fact> known = [.. customer.Facts.Where(sent => sent.IsAcknowledged).Select(sent => sent.Fact)];
        List<Fact> unknown = [.. customer.Facts.Where(sent => sent is { IsAcknowledged: false, IsRejected: false }).Select(sent => sent.Fact)];
        if (unknown.Count > UnknownMax) throw new WorldException($"{customer.Id} has {unknown.Count} facts that nobody knows of");
        for (var chosen = (1 << unknown.Count) - 1; chosen >= 0; chosen--)
            yield return [.. known, .. unknown.Where((_, index) => (chosen & (1 << index)) != 0)];
    }

    public static Customer Open(CustomerId id, byte[] state)
    {
        var customer = new Customer();
        CustomerCodec.Decode(id, state, customer);
        return customer;
    }

    /// <summary>The number of facts that it has applied; none is ever taken back.</summary>
    public static int Facts(Customer customer) =>
        customer.Orders.Orders.Length + customer.Orders.Refunds.Length + customer.Orders.Cancellations.Length + customer.Messages.Length;

    /// <summary>
    /// The state without the parts that depend on its history: version, evaluation, since and cause of the layers, order of the messages.
    /// </summary>
    public static string Essence(CustomerId id, byte[] state)
    {
        var customer = Open(id, state);
        var messages = customer.Messages.ToArray();
        customer.Version = 0;
        customer.EvaluatedAt = new Instant(0);
        customer.Baseline = 0;
        var path = new LayerState(0, 0, default, new Cause(CauseKind.Event), default);
        customer.Layers = [.. customer.Layers.Select(layer => path with { Layer = layer.Layer, NextAt = layer.NextAt })];
        var writer = new ByteWriter();
        CustomerCodec.Encode(writer, customer);
        var stored = MemoryMarshal.AsBytes<ulong>(messages);
        var start = writer.Written.LastIndexOf(stored);
        return Convert.ToHexString(writer.Written[..start]) + Convert.ToHexString(writer.Written[(start + stored.Length)..])
            + string.Join(',', messages.Order());
    }

    /// <summary>The state without its history as text, for the analysis of a failure.</summary>
    public static string Describe(CustomerId id, byte[] state)
    {
        var customer = Open(id, state);
        return $"version {customer.Version} evaluated {customer.EvaluatedAt} due {customer.DueAt} "
            + $"rulebook {customer.Rulebook} baseline {customer.Baseline} "
            + $"layers [{string.Join(' ', customer.Layers.Select(layer => $"{layer.Layer}>{layer.NextAt}"))}] "
            + $"measures [{string.Join(' ', customer.Measures)}]>{customer.MeasuresNextAt} orders {customer.Orders.Orders.Length} "
            + $"refunds {customer.Orders.Refunds.Length} messages {customer.Messages.Length} joined {customer.JoinedAt}";
    }
}
