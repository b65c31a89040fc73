namespace Grid.Model.Evaluation;

/// <summary>The numbers of the rulebook and the baseline that a customer was last decided by.</summary>
public readonly record struct DecidedBy(int Rulebook, int Baseline)
{
    /// <summary>Whether the customer has met a publication that these rules are from before.</summary>
    public bool IsAheadOf(Rules rules) => Rulebook > rules.Rulebook.Number || Baseline > rules.Baseline.Number || !rules.Layouts.ContainsKey(Rulebook);
}
