namespace Grid.Model.Baselines;

/// <summary>
/// How a population's values become scores from 1 to 5. All but <see cref="Rank"/> are there to compare with other tools, and equal
/// them to the last customer.
/// </summary>
public enum ScoreMode
{
    /// <summary>By how many customers are strictly worse; ties share a score.</summary>
    Rank,

    /// <summary>As <c>qcut</c> of pandas: type-7 quantiles, each the last value of its bin. Recency is binned as an age, then reversed.</summary>
    Qcut,

    /// <summary>As <c>NTILE(5)</c> of SQL: five runs of rows whose sizes differ by one at most; tied customers are ordered by id.</summary>
    Ntile,

    /// <summary>As the R package rfm: a bin begins one after a type-7 quantile; one order, one day of age, one major unit of money.</summary>
    RfmR,

    /// <summary>As the R package rfm when its input has money in minor units.</summary>
    RfmRCents,
}

/// <summary>The modes as scheme files and answers name them.</summary>
public static class ScoreModes
{
    /// <summary>In the order of <see cref="ScoreMode"/>.</summary>
    public static readonly IReadOnlyList<string> Names = ["rank", "qcut", "ntile", "rfm-r", "rfm-r-cents"];

    /// <summary>Null when there is no such mode.</summary>
    public static ScoreMode? Find(string name)
    {
        for (var index = 0; index < Names.Count; index++)
            if (Names[index] == name)
                return (ScoreMode)index;
        return null;
    }

    public static string Name(this ScoreMode mode) => Names[(int)mode];
}
