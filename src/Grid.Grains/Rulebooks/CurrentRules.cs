using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;

namespace Grid.Grains.Rulebooks;

/// <summary>What this process evaluates under. Readers take <see cref="Value"/> once per turn; a publication replaces it as a whole.</summary>
public sealed class CurrentRules
{
    private readonly Lock _gate = new();
    private volatile Rules? _value;

    public Rules Value => _value ?? throw new InvalidOperationException("No rulebook is published yet.");

    public bool IsPublished => _value is not null;

    /// <summary>A rulebook that is about to be published, until its baseline is there as well.</summary>
    public (Rulebook Rulebook, IReadOnlyDictionary<int, RulebookLayout> Layouts)? Proposed { get; private set; }

    public void Propose(Rulebook rulebook, IReadOnlyDictionary<int, RulebookLayout> layouts)
    {
        lock (_gate) Proposed = (rulebook, layouts);
    }

    public void Publish(Rulebook rulebook, IReadOnlyDictionary<int, RulebookLayout> layouts, Baseline baseline)
    {
        lock (_gate)
        {
            _value = new Rules(rulebook, baseline, layouts);
            Proposed = null;
        }
    }

    public void Publish(Baseline baseline)
    {
        lock (_gate) _value = Value with { Baseline = baseline };
    }
}
