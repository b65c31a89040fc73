using Grid.Model.Customers;
using Grid.Model.Schemes;

namespace Grid.Model.Evaluation;

/// <summary>
/// What part of a customer's state under an earlier rulebook is still valid under a later one. Computed once for the whole population, so that a turn
/// that moves a customer decides only what is new or has another meaning.
/// </summary>
internal sealed class RulebookMove
{
    private readonly RulebookLayout _before;
    private readonly int[] _schemes;
    private readonly bool[] _alike;
    private readonly int[][] _layers;
    private readonly int[] _measures;

    /// <param name="rulebook">The rulebook in force.</param>
    /// <param name="before">The layout of the earlier rulebook.</param>
    /// <param name="earlier">The earlier rulebook; null when it is not kept compiled: then every scheme is decided again.</param>
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

    /// <summary>Whether the later rulebook has all measures of the earlier one, so that their next changes remain deadlines.</summary>
    public bool KeepsMeasures { get; }

    /// <summary>Positions of the earlier schemes that the later rulebook does not have.</summary>
    public IReadOnlyList<int> Gone { get; }

    public SchemeLayout Before(int position) => _before.Schemes[position];

    /// <summary>The position that a scheme had in the earlier rulebook; <see cref="LayerState.None"/> when it is new.</summary>
    public int SchemeBefore(int index) => _schemes[index];

    /// <summary>Whether a scheme decides as in the earlier rulebook.</summary>
    public bool IsAlike(int index) => _alike[index];

    /// <summary>The present index of an earlier layer of a scheme, by its id; <see cref="LayerState.None"/> when it was removed.</summary>
    public int LayerNow(int index, int before) => _layers[index][before];

    /// <summary>The position that a measure had in the earlier rulebook; <see cref="LayerState.None"/> when it is new.</summary>
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
