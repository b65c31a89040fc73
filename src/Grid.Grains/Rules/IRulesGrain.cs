using Grid.Model.Time;
using Orleans.Concurrency;

namespace Grid.Grains.Rules;

/// <summary>The rulebook and the baseline in force, numbered by one epoch, and every rulebook ever published.</summary>
[Alias("grid.rules")]
public interface IRulesGrain : IGrainWithStringKey
{
    /// <summary>
    /// Puts in force what is stored and goes on with what was cut short. Where this build reads the stored files otherwise than the build
    /// that published them, its reading is added under the next number. Called by each silo that starts.
    /// </summary>
    [Alias("Resume"), ResponseTimeout(GridLimits.PublicationMax)]
    Task Resume(Instant asOf);

    /// <summary>What is in force now; null before the first rulebook.</summary>
    [Alias("InForce"), AlwaysInterleave]
    Task<RulesInForce?> InForce();

    /// <summary>All rulebooks, the first first.</summary>
    [Alias("History"), AlwaysInterleave]
    Task<IReadOnlyList<PublishedRulebook>> History();

    /// <summary>
    /// Publishes files that were compiled without a fault under the next number, in force when it returns; customers then migrate in the
    /// background. The same publication again, by a caller who lost the answer, is answered with the number it got.
    /// </summary>
    [Alias("Publish"), ResponseTimeout(GridLimits.PublicationMax)]
    Task<PublishedRulebook> Publish(Publication publication);

    /// <summary>
    /// Derives the cut-offs of this instant; when one differs, publishes them under the next number. Those whom they move then move in the
    /// background; while they do, nothing is published.
    /// </summary>
    /// <returns>The number in force.</returns>
    [Alias("PublishBaseline"), ResponseTimeout(GridLimits.PublicationMax)]
    Task<int> PublishBaseline(Instant asOf);

    /// <summary>
    /// Wakes all customers who are due, then calls <see cref="PublishBaseline"/> on the grain. The waking can take minutes after a downtime and
    /// blocks no other call, for instance <see cref="Resume"/> of a silo that starts.
    /// </summary>
    /// <returns>The number in force.</returns>
    [Alias("WakeAndPublishBaseline"), AlwaysInterleave, ResponseTimeout(GridLimits.PublicationMax)]
    Task<int> WakeAndPublishBaseline(Instant asOf);

    /// <summary>Derives the cut-offs of a frozen scheme from the population of this instant and publishes them like any others.</summary>
    [Alias("Refreeze"), ResponseTimeout(GridLimits.PublicationMax)]
    Task<RefreezeReply> Refreeze(string scheme, Instant asOf);

    /// <summary>Whether everyone whom the last baseline moves has moved. Answers at once when so, else after a few seconds.</summary>
    [Alias("Settled"), AlwaysInterleave]
    Task<bool> Settled();

    /// <summary>Tells an observer what is in force, and again with each publication, until the subscription is not renewed any more.</summary>
    [Alias("Subscribe"), AlwaysInterleave]
    Task<RulesInForce?> Subscribe(IRulesObserver observer);
}

/// <summary>A silo that evaluates customers.</summary>
[Alias("grid.rules-observer")]
public interface IRulesObserver : IGrainObserver
{
    [Alias("InForce"), OneWay]
    Task InForce(RulesInForce rules);
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
