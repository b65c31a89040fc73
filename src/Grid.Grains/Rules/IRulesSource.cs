namespace Grid.Grains.Rules;

/// <summary>The rules in force, as this silo knows them.</summary>
public interface IRulesSource
{
    /// <summary>Completes when there are rules.</summary>
    Task Published { get; }

    /// <summary>Read once per decision: a publication replaces it as a whole.</summary>
    Model.Evaluation.Rules Current { get; }

    /// <summary>Returns when <see cref="Current"/> is of this epoch or a later one.</summary>
    ValueTask Adopt(long epoch);

    /// <summary>Returns when <see cref="Current"/> equals the rules in force now.</summary>
    Task AdoptLatest();
}

/// <summary>The rules that the <see cref="RulesGrain"/> has put in force.</summary>
public sealed class RulesInSilo(CurrentRules rules, RulesSynchronizer synchronizer) : IRulesSource
{
    public Task Published => rules.Published;

    public Model.Evaluation.Rules Current => rules.Value;

    public ValueTask Adopt(long epoch) => synchronizer.Adopt(epoch);

    public Task AdoptLatest() => synchronizer.AdoptLatest();
}
