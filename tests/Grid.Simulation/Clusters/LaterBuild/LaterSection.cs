using System.Buffers.Binary;

namespace Grid.Model.Customers;

/// <summary>
/// The section that a simulated later build adds to a customer's state: the number of its turns, which stays correct when builds without the section
/// take others. Compiled into the model of that build, which writes it, and into the test, which reads it.
/// </summary>
/// <param name="Turns">How many turns that build has taken of this customer.</param>
/// <param name="Version">The customer's version after the last of them.</param>
internal readonly record struct LaterSection(long Turns, long Version)
{
    private const byte Number = 200;
    private const byte ContentLength = 16;
    private const int Length = 2 + ContentLength;

    /// <summary>The sections of a state after one more turn of the later build.</summary>
    public static ReadOnlyMemory<byte> After(ReadOnlyMemory<byte> sections, long version)
    {
        var before = sections.IsEmpty ? default : Of(sections.Span) ?? throw new InvalidDataException("These sections are not the later build's own.");
        if (before.Version >= version) throw new InvalidDataException($"Version {version} follows {before.Version} of the later build.");
        var after = new byte[Length];
        (after[0], after[1]) = (Number, ContentLength);
        BinaryPrimitives.WriteInt64LittleEndian(after.AsSpan(2), before.Turns + 1);
        BinaryPrimitives.WriteInt64LittleEndian(after.AsSpan(10), version);
        return after;
    }

    /// <summary>The section at the end of a state; null where the later build has taken no turn.</summary>
    public static LaterSection? Of(ReadOnlySpan<byte> state)
    {
        if (state.Length < Length || state[^Length] != Number || state[^(Length - 1)] != ContentLength) return null;
        var turns = BinaryPrimitives.ReadInt64LittleEndian(state[^ContentLength..]);
        var version = BinaryPrimitives.ReadInt64LittleEndian(state[^(ContentLength / 2)..]);

        // Bytes that only look like its head are no section.
        return turns > 0 && turns <= version && version < int.MaxValue ? new LaterSection(turns, version) : null;
    }
}
