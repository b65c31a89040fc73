using Grid.Ledger;

namespace Grid.Grains.Rules;

/// <summary>
/// The rules that this silo evaluates customers under. Readers take <see cref="Value"/> once per turn; a publication replaces it as a whole.
/// </summary>
public sealed class CurrentRules
{
    private readonly TaskCompletionSource _published = Completions.New();
    private volatile Model.Evaluation.Rules? _value;

    public Model.Evaluation.Rules Value => _value ?? throw new InvalidOperationException("No rulebook is published yet.");

    public bool IsPublished => _value is not null;

    /// <summary>Completes when this silo has rules.</summary>
    public Task Published => _published.Task;

    /// <summary>Signals each publication.</summary>
    public AsyncSignal Changed { get; } = new();

    /// <summary>Calls must not overlap, and their epochs must rise.</summary>
    public void Publish(Model.Evaluation.Rules rules)
    {
        _value = rules;
        _published.TrySetResult();
        Changed.Set();
    }
}
