namespace Grid.Grains.Partitions;

/// <summary>
/// A binary heap of slots ordered by when each is due, with the place of every slot known, so that a changed deadline moves its one
/// entry instead of leaving a stale one behind. 16 bytes a slot. Not thread-safe.
/// </summary>
internal sealed class DeadlineHeap
{
    private const int Out = -1;
    private long[] _due = [];
    private int[] _place = [];
    private int[] _heap = [];
    private int _count;

    public int Count => _count;

    /// <summary>Milliseconds since 1970; <see cref="long.MaxValue"/> when nothing is due.</summary>
    public long NextDue => _count == 0 ? long.MaxValue : _due[_heap[0]];

    public bool Has(int slot) => _place[slot] != Out;

    public long DueOf(int slot) => _due[slot];

    /// <summary>Makes room for slots up to <paramref name="slots"/>.</summary>
    public void Grow(int slots)
    {
        var before = _due.Length;
        if (slots <= before) return;
        Array.Resize(ref _due, slots);
        Array.Resize(ref _place, slots);
        Array.Resize(ref _heap, slots);
        _due.AsSpan(before).Fill(long.MaxValue);
        _place.AsSpan(before).Fill(Out);
    }

    /// <summary>Sets when a slot is due; <see cref="long.MaxValue"/> takes it out.</summary>
    public void Set(int slot, long due)
    {
        var before = _due[slot];
        var place = _place[slot];
        _due[slot] = due;
        if (due == long.MaxValue)
        {
            if (place != Out) Remove(place);
        }
        else if (place == Out)
        {
            Put(slot, _count++);
            Rise(_count - 1);
        }
        else if (due < before)
        {
            Rise(place);
        }
        else if (due > before)
        {
            Sink(place);
        }
    }

    /// <summary>Takes out the earliest slot when it is due by <paramref name="until"/>.</summary>
    public bool TryTake(long until, out int slot)
    {
        slot = Out;
        if (NextDue > until || _count == 0) return false;
        slot = _heap[0];
        Remove(0);
        return true;
    }

    private void Remove(int place)
    {
        _place[_heap[place]] = Out;
        _count--;
        if (place == _count) return;
        Put(_heap[_count], place);
        Rise(place);
        Sink(place);
    }

    private void Rise(int place)
    {
        var slot = _heap[place];
        while (place > 0)
        {
            var parent = (place - 1) / 2;
            if (_due[_heap[parent]] <= _due[slot]) break;
            Put(_heap[parent], place);
            place = parent;
        }

        Put(slot, place);
    }

    private void Sink(int place)
    {
        var slot = _heap[place];
        while (true)
        {
            var child = 2 * place + 1;
            if (child >= _count) break;
            if (child + 1 < _count && _due[_heap[child + 1]] < _due[_heap[child]]) child++;
            if (_due[_heap[child]] >= _due[slot]) break;
            Put(_heap[child], place);
            place = child;
        }

        Put(slot, place);
    }

    private void Put(int slot, int place)
    {
        _heap[place] = slot;
        _place[slot] = place;
    }
}
