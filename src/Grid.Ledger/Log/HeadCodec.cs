using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Log;

/// <summary>
/// A customer's head as bytes, without its version and deadline: the measures, the rulebook and the layers, then a checksum of all five.
/// </summary>
internal static class HeadCodec
{
    private const byte Format = 2;

    /// <summary>Without a checksum.</summary>
    private const byte Oldest = 1;

    public static void Write(ByteWriter writer, long[] measures, LayerAssignments standing)
    {
        writer.Count(measures.Length);
        foreach (var measure in measures) writer.Signed(measure);
        writer.Count(standing.Rulebook);
        writer.Bytes(standing.Layers);
    }

    public static (long[] Measures, LayerAssignments Standing) Read(ref ByteReader reader)
    {
        var measures = new long[reader.Count()];
        for (var index = 0; index < measures.Length; index++) measures[index] = reader.Signed();
        return (measures, new LayerAssignments(reader.Count(), reader.Bytes().ToArray()));
    }

    /// <summary>Writes a row of heads from the customer's state: a fifth of the state's own first bytes.</summary>
    /// <exception cref="InvalidDataException">The state is unreadable; nothing was written.</exception>
    public static void Encode(ByteWriter writer, ReadOnlySpan<byte> state)
    {
        var (header, standing) = (CustomerHeader.Read(state), CustomerCodec.ReadStanding(state));
        var start = writer.Length;
        writer.Byte(Format);
        Write(writer, header.Measures, standing);
        writer.Fixed64(Checksum.Compute(header.Version, header.DueAt.Milliseconds, writer.Written[start..]));
    }

    /// <exception cref="InvalidDataException">The head is damaged.</exception>
    public static CommittedCustomer Decode(CustomerId customer, long version, Instant dueAt, ReadOnlySpan<byte> head)
    {
        var reader = new ByteReader(head);
        var format = reader.Byte();
        if (format is < Oldest or > Format) throw new InvalidDataException("The head of a customer has an unknown format.");
        var (measures, standing) = Read(ref reader);
        if (format == Format && Checksum.Compute(version, dueAt.Milliseconds, head[..reader.Position]) != reader.Fixed64())
            throw new InvalidDataException("The head of a customer does not match its checksum.");
        return reader.AtEnd
            ? new CommittedCustomer(customer, version, dueAt, measures, standing)
            : throw new InvalidDataException("The head of a customer has bytes after its end.");
    }
}
