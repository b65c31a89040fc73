using Grid.Model.Baselines;

namespace Grid.Grains.Rules;

/// <summary>Finds existing cut-offs, which need not be derived again.</summary>
internal static class KnownCutoffs
{
    /// <summary>Null also when the rulebook needs top shares that the existing cut-offs do not have.</summary>
    public static Cutoffs? Find(IReadOnlyList<Cutoffs> known, Measure measure, IReadOnlyList<int> tops)
    {
        foreach (var cuts in known)
            if (cuts.Measure == measure.Id && cuts.Tops.Select(top => top.PerMille).SequenceEqual(tops))
                return cuts;
        return null;
    }
}
