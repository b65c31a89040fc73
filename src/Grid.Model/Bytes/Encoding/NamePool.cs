using System.Text;

namespace Grid.Model.Bytes;

/// <summary>
/// One string for each name that returns often (kinds, categories, channels, traits, layers), found from its UTF-8 bytes without
/// making a string. Bounded: when a slot is taken by another name, that name is replaced, so that a flood of names costs memory no
/// more than a full table.
/// </summary>
public static class NamePool
{
    private const int Slots = 8192;
    private static readonly Entry?[] Table = new Entry?[Slots];

    /// <summary>Safe from any thread: an entry is immutable and a slot is read and written at once.</summary>
    public static string Get(ReadOnlySpan<byte> utf8)
    {
        ref var slot = ref Table[Hash(utf8) & (Slots - 1)];
        var entry = slot;
        if (entry is not null && utf8.SequenceEqual(entry.Utf8)) return entry.Text;
        entry = new Entry(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        slot = entry;
        return entry.Text;
    }

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var unit in utf8) hash = (hash ^ unit) * 16777619u;
        return hash ^ (hash >> 15);
    }

    private sealed record Entry(byte[] Utf8, string Text);
}
