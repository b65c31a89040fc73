namespace Grid.Model.Baselines;

/// <summary>What is read of a measure's cut-offs beside its top shares. What nobody reads moves nobody.</summary>
[Flags]
public enum CutoffReadings
{
    None = 0,

    /// <summary>Scores from 1 to 5.</summary>
    Scores = 1,

    /// <summary>Whether a score is above the mean.</summary>
    High = 2,
}
