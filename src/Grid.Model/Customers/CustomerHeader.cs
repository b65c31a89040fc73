using Grid.Model.Bytes;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>The head of every encoded customer state, readable without decoding the rest.</summary>
/// <param name="Version">1 after the first change.</param>
/// <param name="DueAt">The next instant at which time alone changes something.</param>
/// <param name="Measures">The values the baseline ranks, in the order of the rulebook the state was written under.</param>
public readonly record struct CustomerHeader(long Version, Instant DueAt, long[] Measures)
{
    /// <summary>The newest format this build writes. It reads every format up to this one.</summary>
    public const byte Format = 2;

    /// <summary>Format 2 adds pending downgrades; a state without any has the same bytes in both formats.</summary>
    private const byte Oldest = 1;

    public static CustomerHeader Read(ReadOnlySpan<byte> state)
    {
        var reader = new ByteReader(state);
        return Read(ref reader);
    }

    /// <summary>Reads the deadline of a state or a delta, and nothing else.</summary>
    public static Instant DueAtOf(ReadOnlySpan<byte> state)
    {
        var reader = new ByteReader(state);
        return ReadStart(ref reader).DueAt;
    }

    internal static CustomerHeader Read(ref ByteReader reader)
    {
        var (version, due) = ReadStart(ref reader);
        var measures = new long[reader.Count()];
        for (var index = 0; index < measures.Length; index++) measures[index] = reader.Signed();
        return new CustomerHeader(version, due, measures);
    }

    private static (long Version, Instant DueAt) ReadStart(ref ByteReader reader)
    {
        var format = reader.Byte();
        if (format is < Oldest or > Format) throw new InvalidDataException($"A customer state has format {format}; this build reads up to {Format}.");
        return ((long)reader.Unsigned(), reader.Byte() == 0 ? Instant.Never : new Instant(reader.Signed()));
    }

    /// <summary>A reader positioned behind the header.</summary>
    internal static void Skip(ref ByteReader reader)
    {
        reader.Byte();
        reader.Unsigned();
        if (reader.Byte() != 0) reader.Signed();
        for (var left = reader.Count(); left > 0; left--) reader.Signed();
    }

    internal void Write(ByteWriter writer)
    {
        writer.Byte(Format);
        writer.Unsigned((ulong)Version);
        writer.Byte(DueAt.IsNever ? (byte)0 : (byte)1);
        if (!DueAt.IsNever) writer.Signed(DueAt.Milliseconds);
        writer.Count(Measures.Length);
        foreach (var measure in Measures) writer.Signed(measure);
    }
}
