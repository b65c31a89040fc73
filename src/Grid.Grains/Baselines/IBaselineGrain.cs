using Grid.Model.Time;
using Orleans.Concurrency;

namespace Grid.Grains.Baselines;

/// <summary>Derives cut-offs from the whole population, and puts rulebook and cut-offs in force as one.</summary>
[Alias("grid.baseline")]
public interface IBaselineGrain : IGrainWithStringKey
{
    /// <summary>Puts in force what is stored and finishes a publication that was cut short. By each process that starts, also when all is well.</summary>
    [Alias("Resume"), ResponseTimeout(GridLimits.WholePopulationMax)]
    Task Resume(Instant asOf);

    /// <summary>What is in force now; null before the first rulebook.</summary>
    [Alias("InForce"), AlwaysInterleave]
    Task<RulesInForce?> InForce();

    /// <summary>
    /// Puts a rulebook of the history in force together with its baseline: cut-offs that are known stay, those of new measures are
    /// derived from the whole population.
    /// </summary>
    [Alias("Enforce"), ResponseTimeout(GridLimits.WholePopulationMax)]
    Task Enforce(int rulebook, Instant asOf);

    /// <summary>
    /// Computes the cut-offs of this instant; when one differs, publishes them under the next number and moves exactly the customers
    /// they move. Returns when all of these have moved.
    /// </summary>
    /// <returns>The number in force.</returns>
    [Alias("Publish"), ResponseTimeout(GridLimits.WholePopulationMax)]
    Task<int> Publish(Instant asOf);

    /// <summary>Derives the cut-offs of a frozen scheme from the population of this instant and publishes them like any others.</summary>
    [Alias("Refreeze"), ResponseTimeout(GridLimits.WholePopulationMax)]
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
