using Grid.Model.Bytes;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Model.Customers;

/// <summary>
/// A customer's state as bytes: a header, the layer in each scheme, then the facts by kind. Instants of orders are stored as differences to the order
/// before, names are spelled out once. The same facts give the same bytes in any order of arrival, except for the remembered messages.
/// </summary>
public static partial class CustomerCodec
{
    /// <summary>A flag in the byte of a layer's cause: a pending downgrade follows.</summary>
    private const int PendingFlag = 0x80;

    /// <summary>The bound of the schemes plus the equal bound of the audiences.</summary>
    private const int SchemesMax = 2 * Limits.SchemesMax;

    public static void Encode(ByteWriter writer, Customer customer)
    {
        new CustomerHeader(customer.Version, customer.DueAt, customer.Measures).Write(writer);
        writer.Count(customer.Rulebook);
        writer.Count(customer.Baseline);
        writer.Signed(customer.JoinedAt.Milliseconds);
        writer.Signed(customer.EvaluatedAt.Milliseconds);
        Next(writer, customer.MeasuresNextAt, customer.EvaluatedAt);
        writer.Count(customer.Layers.Length);
        foreach (ref readonly var layer in customer.Layers.AsSpan()) Layer(writer, layer, customer.EvaluatedAt);
        WriteOrders(writer, customer.Orders);
        WriteBuckets(writer, customer.Interactions);
        WriteBuckets(writer, customer.Browses);
        WriteAttributes(writer, customer.Attributes);
        writer.Signed(customer.Points.Earned);
        writer.Signed(customer.Points.Redeemed);
        writer.Count(customer.Messages.Length);
        foreach (var message in customer.Messages) writer.Fixed64(message);
        WriteSections(writer, customer);
    }

    /// <summary>Opens a state into <paramref name="customer"/>, which is cleared first and then points into <paramref name="state"/>.</summary>
    public static void Decode(CustomerId id, byte[] state, Customer customer)
    {
        customer.Clear();
        customer.Id = id;
        var reader = new ByteReader(state);
        var header = CustomerHeader.Read(ref reader);
        customer.Version = header.Version;
        customer.DueAt = header.DueAt;
        customer.Measures = header.Measures;
        customer.Rulebook = reader.Count();
        customer.Baseline = reader.Count();
        customer.JoinedAt = new Instant(reader.Signed());
        customer.EvaluatedAt = new Instant(reader.Signed());
        customer.MeasuresNextAt = Next(ref reader, customer.EvaluatedAt);
        var layers = customer.ReuseLayers(reader.Count());
        for (var index = 0; index < layers.Length; index++) layers[index] = Layer(ref reader, customer.EvaluatedAt);
        ReadOrders(ref reader, state, customer.Orders);
        ReadBuckets(ref reader, customer.Interactions);
        ReadBuckets(ref reader, customer.Browses);
        ReadAttributes(ref reader, customer.Attributes);
        customer.Points = new Points(reader.Signed(), reader.Signed());
        var messages = reader.Count();
        for (var index = 0; index < messages; index++) customer.RestoreMessage(reader.Fixed64());
        ReadSections(ref reader, state, customer);
    }

    /// <summary>Number of the rulebook a state was written under.</summary>
    public static int RulebookOf(ReadOnlySpan<byte> state)
    {
        var reader = new ByteReader(state);
        CustomerHeader.Skip(ref reader);
        return reader.Count();
    }

    /// <summary>Numbers of the rulebook and the baseline a state was written under.</summary>
    public static DecidedBy RulesOf(ReadOnlySpan<byte> state)
    {
        var reader = new ByteReader(state);
        CustomerHeader.Skip(ref reader);
        return new DecidedBy(reader.Count(), reader.Count());
    }

    /// <summary>Whether the customer has left all its layers because of an erasure that has begun and not ended: only its row is left.</summary>
    public static bool HasLeft(ReadOnlySpan<byte> state) => RulebookOf(state) == 0;

    /// <summary>The rulebook a state was written under and, per scheme of it, the layer; the rest is not opened.</summary>
    /// <param name="layers">Has room for as many schemes as a rulebook may have.</param>
    public static (int Rulebook, int Schemes) ReadLayers(ReadOnlySpan<byte> state, Span<byte> layers)
    {
        var reader = new ByteReader(state);
        CustomerHeader.Skip(ref reader);
        return ReadLayers(ref reader, layers);
    }

    /// <summary>The customer's layer in every scheme, read from a state. The first bytes of the state, up to the last layer, are enough.</summary>
    public static LayerAssignments ReadStanding(ReadOnlySpan<byte> state)
    {
        Span<byte> layers = stackalloc byte[SchemesMax];
        var (rulebook, schemes) = ReadLayers(state, layers);
        return new LayerAssignments(rulebook, layers[..schemes].ToArray());
    }

    private static (int Rulebook, int Schemes) ReadLayers(ref ByteReader reader, scoped Span<byte> layers)
    {
        var rulebook = reader.Count();
        reader.Count();
        reader.Signed();
        var evaluatedAt = new Instant(reader.Signed());
        Next(ref reader, evaluatedAt);
        var schemes = reader.Count();
        if (schemes > layers.Length) throw new InvalidDataException($"A customer state names {schemes} schemes.");
        for (var index = 0; index < schemes; index++) layers[index] = (byte)Layer(ref reader, evaluatedAt).Layer;
        return (rulebook, schemes);
    }

    internal static void Layer(ByteWriter writer, in LayerState state, Instant origin)
    {
        writer.Count(state.Layer);
        writer.Count(state.From + 1);
        writer.Byte((byte)((byte)state.Cause.Kind | (state.IsPending ? PendingFlag : 0)));
        if (state.Cause.Kind is CauseKind.Baseline or CauseKind.Rulebook) writer.Count(state.Cause.Number);
        writer.Signed(origin.Milliseconds - state.Since.Milliseconds);
        Next(writer, state.NextAt, origin);
        if (state.IsPending) writer.Signed(origin.Milliseconds - state.PendingSince.Milliseconds);
    }

    internal static LayerState Layer(ref ByteReader reader, Instant origin)
    {
        var layer = reader.Count();
        var from = reader.Count() - 1;
        var flags = reader.Byte();
        var kind = (CauseKind)(flags & ~PendingFlag);
        var number = kind is CauseKind.Baseline or CauseKind.Rulebook ? reader.Count() : 0;
        var since = new Instant(origin.Milliseconds - reader.Signed());
        var next = Next(ref reader, origin);
        var pendingSince = (flags & PendingFlag) == 0 ? Instant.Never : new Instant(origin.Milliseconds - reader.Signed());
        return new LayerState(layer, from, since, new Cause(kind, number), next) { PendingSince = pendingSince };
    }

    /// <summary>An instant that is after <paramref name="origin"/> or never.</summary>
    internal static void Next(ByteWriter writer, Instant next, Instant origin) =>
        writer.Unsigned(next.IsNever ? 0 : (ulong)(next.Milliseconds - origin.Milliseconds + 1));

    internal static Instant Next(ref ByteReader reader, Instant origin)
    {
        var distance = reader.Unsigned();
        return distance == 0 ? Instant.Never : new Instant(origin.Milliseconds + (long)distance - 1);
    }
}
