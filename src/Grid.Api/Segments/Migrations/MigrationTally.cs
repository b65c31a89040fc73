using System.Runtime.InteropServices;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Api.Segments.Migrations;

/// <summary>
/// Counts moves between layers from one instant to another, from the transitions of one scheme in the order of the log. A customer's transitions take
/// effect in that order, so customers who stayed need not be remembered: their number is that of the layer before, less those who moved.
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

    /// <param name="scheme">Its layers come first, in their order; layers that only older rulebooks had come last.</param>
    /// <param name="from">Transitions that took effect by this instant give the layers before.</param>
    /// <param name="to">Transitions that took effect after this instant are not counted.</param>
    public MigrationTally(Scheme scheme, Instant from, Instant to)
    {
        (_from, _to) = (from, to);
        foreach (var layer in scheme.Layers) IndexOf(layer);
    }

    public IReadOnlyList<string> Layers => _layers;

    /// <summary>Customers who moved or arrived so far; only these are kept in memory.</summary>
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

    /// <summary>Customers by layer before and layer after; the last row and column count those outside of the scheme.</summary>
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
