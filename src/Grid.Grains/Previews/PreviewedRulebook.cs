using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Grains.Previews;

/// <summary>A rulebook in a preview, with the cut-offs that its publication would put in force, beside the rules in force.</summary>
internal sealed class PreviewedRulebook
{
    private static readonly LayerState Nowhere = new(LayerState.None, LayerState.None, Instant.Never, default, Instant.Never);
    private readonly int[] _earlier;
    private readonly int[][] _layers;

    public PreviewedRulebook(Model.Evaluation.Rules before, Rulebook rulebook, Baseline baseline, ChangedFiles changes)
    {
        (Before, Rulebook, Baseline) = (before, rulebook, baseline);
        var old = before.Rulebook.Schemes.Select((scheme, position) => (scheme.Id, position)).ToDictionary(pair => pair.Id, pair => pair.position);
        _earlier = [.. rulebook.Schemes.Select(scheme => old.GetValueOrDefault(scheme.Id, LayerState.None))];
        _layers = [.. rulebook.Schemes.Select((scheme, position) => _earlier[position] < 0
            ? []
            : before.Rulebook.Schemes[_earlier[position]].Layers.Select(scheme.IndexOf).ToArray())];
        IsDecided = new bool[rulebook.Schemes.Count];
        for (var position = 0; position < IsDecided.Length; position++)
            IsDecided[position] = changes.Has(rulebook.Schemes[position].Id) || IsCutAnew(rulebook.Schemes[position]) || FollowsDecided(position);
    }

    public Model.Evaluation.Rules Before { get; }

    public Rulebook Rulebook { get; }

    public Baseline Baseline { get; }

    /// <summary>
    /// By position, whether a scheme can put any customer into another layer than now: its file differs, the tags or points that it reads differ, or
    /// its cut-offs do. In the other schemes every customer keeps its layer.
    /// </summary>
    public bool[] IsDecided { get; }

    /// <summary>The position of a scheme in the rulebook in force; <see cref="LayerState.None"/> for a new one.</summary>
    public int Earlier(int position) => _earlier[position];

    /// <summary>The candidate's index of a customer's present layer in a scheme; none when the candidate does not have the layer.</summary>
    public LayerState Carried(int position, LayerState[] old)
    {
        if (_earlier[position] < 0) return Nowhere;
        var state = old[_earlier[position]];
        var same = state.Layer < 0 ? LayerState.None : _layers[position][state.Layer];
        return same == LayerState.None ? Nowhere : state with { Layer = same, From = LayerState.None };
    }

    private bool IsCutAnew(Scheme scheme) =>
        scheme.Measures.Any(measure => !Baseline.Of(measure).CutsLike(Before.Baseline.Of(measure)));

    private bool FollowsDecided(int position)
    {
        for (var other = 0; other < position; other++)
            if ((Rulebook.Schemes[position].Follows & (1UL << other)) != 0 && IsDecided[other])
                return true;
        return false;
    }
}
