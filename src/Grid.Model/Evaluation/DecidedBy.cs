namespace Grid.Model.Evaluation;

/// <summary>The numbers of the rulebook and the baseline that last decided a customer.</summary>
public readonly record struct DecidedBy(int Rulebook, int Baseline)
{
    /// <summary>Whether the customer was decided under a later rulebook or baseline than these rules.</summary>
    public bool IsAheadOf(Rules rules) => Rulebook > rules.Rulebook.Number || Baseline > rules.Baseline.Number || !rules.Layouts.ContainsKey(Rulebook);
}
