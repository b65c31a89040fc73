using Grid.Model.Bytes;
using Grid.Model.Facts;

namespace Grid.Model.Customers;

/// <summary>The lists whose entries can contradict another of the same instant. The numbers are stored.</summary>
internal enum TiedKind : byte
{
    Trait = 1,
    Removal = 2,
    Tag = 3,
    Consent = 4,
    Community = 5,
    Order = 6,
}

public static partial class CustomerCodec
{
    /// <summary>For each entry that has replaced others of its instant: kind, name (an order has none), key, and the replaced keys.</summary>
    private static void WriteTies(ByteWriter section, Customer customer)
    {
        WriteTies(section, TiedKind.Trait, customer.Attributes.Traits);
        WriteTies(section, TiedKind.Removal, customer.Attributes.Removals);
        WriteTies(section, TiedKind.Tag, customer.Attributes.Tags);
        WriteTies(section, TiedKind.Consent, customer.Attributes.Consents);
        WriteTies(section, TiedKind.Community, customer.Attributes.Communities);
        foreach (ref readonly var order in customer.Orders.Orders)
            if (order.Replaced is { } replaced)
                WriteTie(section, TiedKind.Order, null, order.Key, replaced);
    }

    private static void WriteTies<T>(ByteWriter section, TiedKind kind, ReadOnlySpan<T> entries)
        where T : struct, INamedEntry<T>
    {
        foreach (ref readonly var entry in entries)
            if (entry.Replaced is { } replaced)
                WriteTie(section, kind, entry.Name, entry.Key, replaced);
    }

    private static void WriteTie(ByteWriter section, TiedKind kind, string? name, MessageKey key, MessageKey[] replaced)
    {
        section.Byte((byte)kind);
        section.Name(name);
        section.Fixed64(key.Value);
        section.Count(replaced.Length);
        foreach (var each in replaced) section.Fixed64(each.Value);
    }

    private static bool ReadTies(ref ByteReader section, Customer customer)
    {
        while (!section.AtEnd)
        {
            var kind = (TiedKind)section.Byte();
            var name = section.Name();
            var key = new MessageKey(section.Fixed64());
            var count = section.Count();
            if (count > Ties.ReplacedMax) throw new InvalidDataException($"A customer state has {count} facts of one instant.");
            var replaced = new MessageKey[count];
            for (var index = 0; index < count; index++) replaced[index] = new MessageKey(section.Fixed64());
            if (kind == TiedKind.Order) customer.Orders.RestoreReplaced(key, replaced);
            else customer.Attributes.RestoreReplaced(kind, name!, key, replaced);
        }

        return true;
    }
}
