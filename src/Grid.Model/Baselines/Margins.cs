namespace Grid.Model.Baselines;

/// <summary>The margins that keep customers from flapping when the population around them moves; both in thousandths of a score.</summary>
/// <param name="High">How far a score must exceed the mean score to be high; 0 compares with the mean itself.</param>
/// <param name="Cut">
/// How far a published cut-off may be off before it is derived anew: of a fifth of the population for the bounds of scores, of the share for a top
/// share; 0 derives it exactly each time.
/// </param>
public readonly record struct Margins(int High, int Cut)
{
    /// <summary>0.05 of a score for both.</summary>
    public static readonly Margins Default = new(50, 50);

    /// <summary>One score.</summary>
    public const int Max = 1_000;

    /// <summary>Names what differs from the default, for the id of a measure.</summary>
    public override string ToString() =>
        (High == Default.High ? string.Empty : $" margin {High}") + (Cut == Default.Cut ? string.Empty : $" cut margin {Cut}");
}
