using System.Runtime.InteropServices;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Api.Segments.Migrations;

/// <summary>
/// Who went from which layer to which between two instants, from the transitions of one scheme in the order of the log. A customer's
/// transitions take effect in that order, so those who stayed need not be known one by one: they are what the layer had before, less
/// those who moved.
/// </summary>
internal sealed class MigrationTally
{
    private const int Nowhere = -1;
    private readonly Instant _from;
    private readonly Instant _to;
    private readonly List<string> _layers = [];
    private readonly Dictionary<string, int> _indexes = [];
    private readonly List<long> _before = [];
    private readonly Dictionary<CustomerId, (int First, int Last)> _movers = [];

    /// <param name="scheme">Its layers come first, in their order; behind them those that only older rulebooks had.</param>
    /// <param name="from">Transitions that took effect by then made the layers before.</param>
    /// <param name="to">Those that took effect later are not counted.</param>
    public MigrationTally(Scheme scheme, Instant from, Instant to)
    {
        (_from, _to) = (from, to);
        foreach (var layer in scheme.Layers) IndexOf(layer);
    }

    public IReadOnlyList<string> Layers => _layers;

    /// <summary>Customers who moved or arrived so far: the only ones that are kept.</summary>
    public int Movers => _movers.Count;

    public void Take(Transition transition)
    {
        if (transition.EffectiveAt > _to) return;
        var to = transition.To is null ? Nowhere : IndexOf(transition.To);
        var from = transition.From is null ? Nowhere : IndexOf(transition.From);
        if (transition.EffectiveAt <= _from)
        {
            if (to != Nowhere) _before[to]++;
            if (from != Nowhere) _before[from]--;
            return;
        }

        ref var mover = ref CollectionsMarshal.GetValueRefOrAddDefault(_movers, transition.Customer, out var isKnown);
        mover = (isKnown ? mover.First : from, to);
    }

    /// <summary>Customers by layer before and layer after; the last row and column are those who were not in the scheme.</summary>
    public long[,] Sum()
    {
        var outside = _layers.Count;
        var matrix = new long[outside + 1, outside + 1];
        for (var layer = 0; layer < outside; layer++) matrix[layer, layer] = _before[layer];
        foreach (var (first, last) in _movers.Values)
        {
            if (first != Nowhere) matrix[first, first]--;
            matrix[first == Nowhere ? outside : first, last == Nowhere ? outside : last]++;
        }

        return matrix;
    }

    private int IndexOf(string layer)
    {
        if (_indexes.TryGetValue(layer, out var index)) return index;
        _indexes.Add(layer, _layers.Count);
        _layers.Add(layer);
        _before.Add(0);
        return _layers.Count - 1;
    }
}
