namespace Grid.Model.Baselines;

/// <summary>
/// The parts of a measure's cut-offs, beside top shares, that conditions read. A change of a part that no condition reads moves no customer.
/// </summary>
[Flags]
public enum CutoffReadings
{
    None = 0,

    /// <summary>Scores from 1 to 5.</summary>
    Scores = 1,

    /// <summary>Whether a score exceeds the mean by more than the margin.</summary>
    High = 2,
}
