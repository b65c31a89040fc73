using System.Numerics;
using Grid.Model.Customers;

namespace Grid.Ledger.Log;

/// <summary>
/// The end of the log in memory, so that live readers never read the file. The lane writes, any thread reads without a lock: a slot holds an
/// immutable transition with its number, so that a reader notices an overwritten slot.
/// </summary>
internal sealed class RecentLog
{
    private readonly LoggedTransition?[] _slots;
    private long _head;

    public RecentLog(int transitionsMax) => _slots = new LoggedTransition?[(int)BitOperations.RoundUpToPowerOf2((uint)transitionsMax)];

    /// <summary>Number of the last transition of the log. Published by the lane after the transitions up to it.</summary>
    public long Head => Volatile.Read(ref _head);

    public void Put(LoggedTransition transition) => Volatile.Write(ref Slot(transition.Sequence), transition);

    public void Publish(long head) => Volatile.Write(ref _head, head);

    /// <summary>The transitions after <paramref name="after"/>; null when they are no longer in memory.</summary>
    public LoggedTransition[]? After(long after, int limit)
    {
        var head = Head;
        if (after >= head) return [];
        if (head - after > _slots.Length) return null;
        var items = new LoggedTransition[(int)Math.Min(limit, head - after)];
        for (var index = 0; index < items.Length; index++)
        {
            var item = Volatile.Read(ref Slot(after + 1 + index));
            if (item is null || item.Sequence != after + 1 + index) return null;
            items[index] = item;
        }

        return items;
    }

    /// <summary>Replaces a customer's name in memory. Called by the lane.</summary>
    public void Rename(CustomerId customer, CustomerId name, long upTo)
    {
        for (var index = 0; index < _slots.Length; index++)
        {
            var slot = _slots[index];
            if (slot is not null && slot.Sequence <= upTo && slot.Transition.Customer == customer)
                Volatile.Write(ref _slots[index], slot with { Transition = slot.Transition with { Customer = name } });
        }
    }

    private ref LoggedTransition? Slot(long sequence) => ref _slots[sequence & (_slots.Length - 1)];
}
