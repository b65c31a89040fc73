using Grid.Model.Bytes;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>
/// What one turn changed: the new header, the layer states that differ, the facts accepted. Folding the deltas of a customer onto its
/// state, in the order of their versions, gives the bytes that each turn committed, without evaluating anything again.
/// </summary>
public static partial class CustomerCodec
{
    [ThreadStatic] private static Customer? _foldCustomer;
    [ThreadStatic] private static ByteWriter? _foldWriter;

    /// <param name="writer">Cleared by the caller.</param>
    /// <param name="customer">As it is after the turn.</param>
    /// <param name="layersBefore">Its layer states before; all are written when the rulebook changed.</param>
    /// <param name="accepted">The facts that the turn accepted, in the order in which it applied them.</param>
    public static void EncodeDelta(ByteWriter writer, Customer customer, ReadOnlySpan<LayerState> layersBefore, IReadOnlyList<Fact> accepted)
    {
        new CustomerHeader(customer.Version, customer.DueAt, customer.Measures).Write(writer);
        writer.Count(customer.Rulebook);
        writer.Count(customer.Baseline);
        writer.Signed(customer.EvaluatedAt.Milliseconds);
        Next(writer, customer.MeasuresNextAt, customer.EvaluatedAt);
        writer.Count(customer.Layers.Length);
        for (var index = 0; index < customer.Layers.Length; index++)
        {
            if (index < layersBefore.Length && layersBefore[index] == customer.Layers[index]) continue;
            writer.Count(index + 1);
            Layer(writer, customer.Layers[index], customer.EvaluatedAt);
        }

        writer.Count(0);
        writer.Count(accepted.Count);
        for (var index = 0; index < accepted.Count; index++) FactCodec.Write(writer, accepted[index]);
    }

    /// <summary>The layers of the customer after a delta; the rest of the delta is not decoded.</summary>
    /// <param name="before">No rulebook and no layers for a customer that had no row.</param>
    public static LayerAssignments FoldStanding(LayerAssignments before, ReadOnlySpan<byte> delta)
    {
        var reader = new ByteReader(delta);
        CustomerHeader.Skip(ref reader);
        var rulebook = reader.Count();
        reader.Count();
        var evaluatedAt = new Instant(reader.Signed());
        Next(ref reader, evaluatedAt);
        var layers = new byte[reader.Count()];
        before.Layers.AsSpan(..Math.Min(before.Layers.Length, layers.Length)).CopyTo(layers);
        for (var index = reader.Count(); index != 0; index = reader.Count()) layers[index - 1] = (byte)Layer(ref reader, evaluatedAt).Layer;
        return new LayerAssignments(rulebook, layers);
    }

    /// <summary>The state after a delta. <paramref name="state"/> is empty for a customer that had no row.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> state, ReadOnlySpan<byte> delta)
    {
        var customer = _foldCustomer ??= new Customer();
        var writer = _foldWriter ??= new ByteWriter();
        if (state.IsEmpty) customer.Clear();
        else Decode(customer.Id, state.ToArray(), customer);

        var reader = new ByteReader(delta);
        var header = CustomerHeader.Read(ref reader);
        customer.Version = header.Version;
        customer.DueAt = header.DueAt;
        customer.Measures = header.Measures;
        customer.Rulebook = reader.Count();
        customer.Baseline = reader.Count();
        customer.EvaluatedAt = new Instant(reader.Signed());
        customer.MeasuresNextAt = Next(ref reader, customer.EvaluatedAt);
        var layers = customer.Layers;
        Array.Resize(ref layers, reader.Count());
        for (var index = reader.Count(); index != 0; index = reader.Count()) layers[index - 1] = Layer(ref reader, customer.EvaluatedAt);
        customer.Layers = layers;
        for (var left = reader.Count(); left > 0; left--) customer.Apply(FactCodec.Read(ref reader));

        // A delta of a later build carries the complete new sections of that build.
        if (!reader.AtEnd) customer.Later = delta[reader.Position..].ToArray();

        writer.Clear();
        Encode(writer, customer);
        return writer.ToArray();
    }
}
