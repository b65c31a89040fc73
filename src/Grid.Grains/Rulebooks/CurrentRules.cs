using Grid.Model.Evaluation;

namespace Grid.Grains.Rulebooks;

/// <summary>What this process evaluates under. Readers take <see cref="Value"/> once per turn; a publication replaces it as a whole.</summary>
public sealed class CurrentRules
{
    private readonly TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Rules? _value;

    public Rules Value => _value ?? throw new InvalidOperationException("No rulebook is published yet.");

    public bool IsPublished => _value is not null;

    /// <summary>Completes when there are rules to evaluate under.</summary>
    public Task Published => _published.Task;

    /// <summary>Called by one at a time, with editions that rise.</summary>
    public void Publish(Rules rules)
    {
        _value = rules;
        _published.TrySetResult();
    }
}
