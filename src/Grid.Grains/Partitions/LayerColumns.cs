using Grid.Model;

namespace Grid.Grains.Partitions;

/// <summary>
/// The layers of every customer, and the number of customers in each layer under each rulebook: while customers migrate to a new rulebook, both
/// rulebooks are counted. One byte per customer and scheme. Not thread-safe.
/// </summary>
internal sealed class LayerColumns
{
    private readonly Dictionary<int, long[]> _counts = [];
    private readonly Dictionary<int, int> _customers = [];
    private byte[] _layers = [];
    private int[] _rulebooks = [];
    private int _stride = 8;

    /// <summary>Customers per rulebook; a rulebook is removed when its last customer has moved on.</summary>
    public IReadOnlyDictionary<int, int> Customers => _customers;

    public int RulebookOf(int slot) => _rulebooks[slot];

    /// <summary>Customers in a layer of a scheme, by its position among those of the rulebook.</summary>
    public long Count(int rulebook, int scheme, int layer) =>
        _counts.TryGetValue(rulebook, out var counts) ? counts[Place(scheme, layer)] : 0;

    public void Grow(int size)
    {
        Array.Resize(ref _layers, size * _stride);
        Array.Resize(ref _rulebooks, size);
    }

    /// <param name="now">The layer in each scheme of the rulebook.</param>
    public void Put(int slot, int rulebook, ReadOnlySpan<byte> now)
    {
        if (now.Length > _stride) Widen(now.Length);
        var before = _rulebooks[slot];
        var kept = _layers.AsSpan(slot * _stride, _stride);
        if (before == rulebook && kept[..now.Length].SequenceEqual(now)) return;
        if (before != 0) Add(before, kept, -1);
        kept.Fill(byte.MaxValue);
        now.CopyTo(kept);
        _rulebooks[slot] = rulebook;
        Add(rulebook, kept, 1);
    }

    /// <summary>Empties the slot.</summary>
    public void Forget(int slot)
    {
        var kept = _layers.AsSpan(slot * _stride, _stride);
        if (_rulebooks[slot] != 0) Add(_rulebooks[slot], kept, -1);
        kept.Fill(byte.MaxValue);
        _rulebooks[slot] = 0;
    }

    private void Add(int rulebook, ReadOnlySpan<byte> layers, int by)
    {
        if (!_counts.TryGetValue(rulebook, out var counts))
        {
            counts = new long[2 * Limits.SchemesMax * Limits.LayersMax];
            _counts.Add(rulebook, counts);
            _customers.Add(rulebook, 0);
        }

        for (var scheme = 0; scheme < layers.Length; scheme++)
            if (layers[scheme] != byte.MaxValue)
                counts[Place(scheme, layers[scheme])] += by;
        if ((_customers[rulebook] += by) > 0) return;
        _customers.Remove(rulebook);
        _counts.Remove(rulebook);
    }

    private void Widen(int schemes)
    {
        var wider = new byte[_rulebooks.Length * schemes];
        wider.AsSpan().Fill(byte.MaxValue);
        for (var slot = 0; slot < _rulebooks.Length; slot++)
            _layers.AsSpan(slot * _stride, _stride).CopyTo(wider.AsSpan(slot * schemes));
        (_layers, _stride) = (wider, schemes);
    }

    private static int Place(int scheme, int layer) => scheme * Limits.LayersMax + layer;
}
