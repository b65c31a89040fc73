using Grid.Model.Baselines;
using Grid.Model.Time;
using Orleans;

namespace Grid.Grains.Baselines;

/// <summary>Derives cut-offs from the whole population and publishes them when they change.</summary>
[Alias("grid.baseline")]
public interface IBaselineGrain : IGrainWithStringKey
{
    /// <summary>Puts the stored baseline in force and finishes a publication that was cut short. Once, before the first event.</summary>
    [Alias("Resume")]
    Task Resume();

    /// <summary>
    /// Puts the rulebook that <see cref="Rulebooks.CurrentRules.Proposed"/> holds in force together with its baseline: cut-offs that are known
    /// stay, those of new measures are derived from what the index was prepared with.
    /// </summary>
    [Alias("Enforce")]
    Task Enforce(Instant asOf);

    /// <summary>
    /// Computes the cut-offs of this instant; when one differs, publishes them under the next number and moves exactly the customers
    /// they move. Returns when all of these have moved.
    /// </summary>
    /// <returns>The number in force.</returns>
    [Alias("Publish")]
    Task<int> Publish(Instant asOf);

    /// <summary>Derives the cut-offs of a frozen scheme from the population of this instant and publishes them like any others.</summary>
    [Alias("Refreeze")]
    Task<RefreezeReply> Refreeze(string scheme, Instant asOf);
}

public enum RefreezeOutcome
{
    Frozen,
    UnknownScheme,

    /// <summary>The scheme has another policy, under which cut-offs move by themselves.</summary>
    NotFrozen,
}

/// <param name="Number">The baseline in force.</param>
[GenerateSerializer, Immutable, Alias("grid.refreeze-reply")]
public sealed record RefreezeReply([property: Id(0)] RefreezeOutcome Outcome, [property: Id(1)] int Number);

/// <summary>Stored: what is in force, and, while a publication moves customers, what was before.</summary>
[GenerateSerializer, Alias("grid.baseline-state")]
public sealed class BaselineState
{
    [Id(0)] public int Number { get; set; }

    [Id(1)] public long AsOf { get; set; }

    [Id(2)] public IReadOnlyList<Cuts> Cuts { get; set; } = [];

    /// <summary>Null when the publication is complete.</summary>
    [Id(3)] public IReadOnlyList<Cuts>? Moving { get; set; }

    public Baseline ToBaseline() => Number == 0 ? Baseline.None : new Baseline(Number, new Instant(AsOf), Cuts);
}
