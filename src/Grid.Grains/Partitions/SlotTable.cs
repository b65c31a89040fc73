using Grid.Model.Customers;

namespace Grid.Grains.Partitions;

/// <summary>
/// Gives each customer a slot, a small number that it keeps until it is removed. Open addressing with linear probing: 8 bytes for the reference and
/// some 6 for the entry. Not thread-safe.
/// </summary>
internal sealed class SlotTable
{
    public const int None = -1;
    private const int LeastPlaces = 16;

    // By slot; null where a customer was removed. Freed slots are not compacted: a sliced scan would miss moved customers.
    private string?[] _ids = [];
    private readonly Stack<int> _free = new();

    // Slot + 1, at the entry that the hash of the id gives or after it; 0 in an empty entry.
    private int[] _places = new int[LeastPlaces];

    public int Count { get; private set; }

    /// <summary>The slots below this number are used or free.</summary>
    public int Used { get; private set; }

    /// <summary>The number of slots there is room for; columns beside the table are at least as long.</summary>
    public int Capacity => _ids.Length;

    /// <summary>Null for a free slot.</summary>
    public string? this[int slot] => _ids[slot];

    /// <returns><see cref="None"/> for a customer that has no slot.</returns>
    public int Find(CustomerId customer)
    {
        for (var place = PlaceOf(customer.Value); _places[place] != 0; place = Next(place))
            if (string.Equals(_ids[_places[place] - 1], customer.Value, StringComparison.Ordinal))
                return _places[place] - 1;
        return None;
    }

    /// <summary>Gives a slot to a customer that has none.</summary>
    public int Add(CustomerId customer)
    {
        if (!_free.TryPop(out var slot)) slot = Used++;
        if (slot == _ids.Length) Array.Resize(ref _ids, Math.Max(LeastPlaces, _ids.Length + (_ids.Length / 8)));
        if ((Count + 1) * 4L > _places.Length * 3L) Rehash(_places.Length * 2);
        _ids[slot] = customer.Value;
        Enter(slot);
        Count++;
        return slot;
    }

    /// <returns>The slot that is free now; <see cref="None"/> when the customer had none.</returns>
    public int Remove(CustomerId customer)
    {
        var place = PlaceOf(customer.Value);
        while (_places[place] != 0 && !string.Equals(_ids[_places[place] - 1], customer.Value, StringComparison.Ordinal)) place = Next(place);
        if (_places[place] == 0) return None;
        var slot = _places[place] - 1;
        CloseGap(place);
        _ids[slot] = null;
        _free.Push(slot);
        Count--;
        return slot;
    }

    public void Clear()
    {
        _ids = [];
        _places = new int[LeastPlaces];
        _free.Clear();
        (Count, Used) = (0, 0);
    }

    /// <summary>Moves entries up that would no longer be found across an empty place.</summary>
    private void CloseGap(int gap)
    {
        for (var place = Next(gap); _places[place] != 0; place = Next(place))
        {
            var home = PlaceOf(_ids[_places[place] - 1]!);
            if (Distance(home, place) < Distance(gap, place)) continue;
            _places[gap] = _places[place];
            gap = place;
        }

        _places[gap] = 0;
    }

    private void Rehash(int places)
    {
        _places = new int[places];
        for (var slot = 0; slot < Used; slot++)
            if (slot < _ids.Length && _ids[slot] is not null)
                Enter(slot);
    }

    private void Enter(int slot)
    {
        var place = PlaceOf(_ids[slot]!);
        while (_places[place] != 0) place = Next(place);
        _places[place] = slot + 1;
    }

    private int PlaceOf(string id) => string.GetHashCode(id, StringComparison.Ordinal) & (_places.Length - 1);

    private int Next(int place) => (place + 1) & (_places.Length - 1);

    private int Distance(int from, int to) => (to - from) & (_places.Length - 1);
}
