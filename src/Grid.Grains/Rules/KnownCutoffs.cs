using Grid.Model.Baselines;

namespace Grid.Grains.Rules;

/// <summary>Finds existing cut-offs, which need not be derived again.</summary>
internal static class KnownCutoffs
{
    /// <summary>Null also when the rulebook needs top shares that the existing cut-offs do not have.</summary>
    public static Cutoffs? Find(IReadOnlyList<Cutoffs> known, Measure measure, IReadOnlyList<int> tops)
    {
        foreach (var cutoffs in known)
            if (cutoffs.Measure == measure.Id && cutoffs.Tops.Select(top => top.PerMille).SequenceEqual(tops))
                return cutoffs;
        return null;
    }
}
