using Grid.Model.Customers;
using Grid.Model.Schemes;

namespace Grid.Model.Evaluation;

/// <summary>
/// What of a customer's state under an earlier rulebook is still right under this one. Found once for everybody, so that a turn that
/// moves a customer decides only what is new or means something else.
/// </summary>
internal sealed class RulebookMove
{
    private readonly RulebookLayout _before;
    private readonly int[] _schemes;
    private readonly bool[] _alike;
    private readonly int[][] _layers;
    private readonly int[] _measures;

    /// <param name="rulebook">The one in force.</param>
    /// <param name="before">What the earlier one was made of.</param>
    /// <param name="earlier">The earlier one itself; null when it is not at hand, and every scheme is decided again.</param>
    public RulebookMove(Rulebook rulebook, RulebookLayout before, Rulebook? earlier)
    {
        _before = before;
        _schemes = [.. rulebook.Schemes.Select(scheme => Position(before.Schemes, known => known.Id == scheme.Id))];
        _alike = [.. rulebook.Schemes.Select(scheme => earlier?.Find(scheme.Id) is { } known && known.Meaning == scheme.Meaning)];
        _layers = [.. rulebook.Schemes.Select((scheme, index) => Layers(scheme, _schemes[index]))];
        _measures = [.. rulebook.Measures.Select(measure => Position(before.Measures, id => id == measure.Id))];
        KeepsMeasures = before.Measures.All(id => rulebook.Measures.Any(measure => measure.Id == id));
        Gone = [.. Enumerable.Range(0, before.Schemes.Count).Where(position => rulebook.Find(before.Schemes[position].Id) is null)];
    }

    /// <summary>Whether everything measured before is measured still, so that the next change of it is a deadline still.</summary>
    public bool KeepsMeasures { get; }

    /// <summary>Positions of the earlier schemes that are no more.</summary>
    public IReadOnlyList<int> Gone { get; }

    public SchemeLayout Before(int position) => _before.Schemes[position];

    /// <summary>Where a scheme stood among the earlier ones; <see cref="LayerState.None"/> when it is new.</summary>
    public int SchemeBefore(int index) => _schemes[index];

    /// <summary>Whether a scheme decides as it did.</summary>
    public bool IsAlike(int index) => _alike[index];

    /// <summary>What a layer of a scheme is now, by its id; <see cref="LayerState.None"/> when it is no more.</summary>
    public int LayerNow(int index, int before) => _layers[index][before];

    /// <summary>Where a measure stood among the earlier ones; <see cref="LayerState.None"/> when it is new.</summary>
    public int MeasureBefore(int index) => _measures[index];

    private int[] Layers(Scheme scheme, int before) =>
        before == LayerState.None ? [] : [.. _before.Schemes[before].Layers.Select(scheme.IndexOf)];

    private static int Position<T>(IReadOnlyList<T> all, Func<T, bool> wanted)
    {
        for (var position = 0; position < all.Count; position++)
            if (wanted(all[position]))
                return position;
        return LayerState.None;
    }
}
