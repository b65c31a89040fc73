using Grid.Model.Baselines;

namespace Grid.Grains.Rules;

/// <summary>Which cut-offs need not be derived, because they were.</summary>
internal static class KnownCutoffs
{
    /// <summary>Null also when other top shares are required, which have not been derived yet.</summary>
    public static Cutoffs? Find(IReadOnlyList<Cutoffs> known, Measure measure, IReadOnlyList<int> tops)
    {
        foreach (var cuts in known)
            if (cuts.Measure == measure.Id && cuts.Tops.Select(top => top.PerMille).SequenceEqual(tops))
                return cuts;
        return null;
    }
}
