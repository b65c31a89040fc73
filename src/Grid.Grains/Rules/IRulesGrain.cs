using Grid.Model.Time;
using Orleans.Concurrency;

namespace Grid.Grains.Rules;

/// <summary>The rulebook and the baseline in force, numbered by one epoch, and every rulebook ever published.</summary>
[Alias("grid.rules")]
public interface IRulesGrain : IGrainWithStringKey
{
    /// <summary>
    /// Puts the stored rules in force and resumes an interrupted publication. Where this build reads the stored files differently from the build that
    /// published them, it adds its reading under the next number. Called by each silo that starts.
    /// </summary>
    [Alias("Resume"), ResponseTimeout(GridLimits.PublicationMax)]
    Task Resume(Instant asOf);

    /// <summary>The rules in force now; null before the first rulebook.</summary>
    [Alias("InForce"), AlwaysInterleave]
    Task<RulesInForce?> InForce();

    /// <summary>All rulebooks, the first first.</summary>
    [Alias("History"), AlwaysInterleave]
    Task<IReadOnlyList<PublishedRulebook>> History();

    /// <summary>
    /// Publishes files that compiled without a fault under the next number; they are in force when it returns. Customers then migrate in the
    /// background. A caller that lost the answer may send the same publication again and gets the same number.
    /// </summary>
    [Alias("Publish"), ResponseTimeout(GridLimits.PublicationMax)]
    Task<PublishedRulebook> Publish(Publication publication);

    /// <summary>
    /// Derives the cut-offs of this instant; when one differs, publishes them under the next number. The customers whom they move then move in the
    /// background; meanwhile no baseline is published.
    /// </summary>
    /// <returns>The number in force.</returns>
    [Alias("PublishBaseline"), ResponseTimeout(GridLimits.PublicationMax)]
    Task<int> PublishBaseline(Instant asOf);

    /// <summary>
    /// Wakes all customers who are due, then calls <see cref="PublishBaseline"/> on the grain. The waking can take minutes after a downtime and
    /// blocks no other call, for instance <see cref="Resume"/> of a silo that starts.
    /// </summary>
    /// <returns>The number of the baseline in force.</returns>
    [Alias("WakeAndPublishBaseline"), AlwaysInterleave, ResponseTimeout(GridLimits.PublicationMax)]
    Task<int> WakeAndPublishBaseline(Instant asOf);

    /// <summary>Derives the cut-offs of a frozen scheme from the population of this instant and publishes them as a baseline.</summary>
    [Alias("Refreeze"), ResponseTimeout(GridLimits.PublicationMax)]
    Task<RefreezeReply> Refreeze(string scheme, Instant asOf);

    /// <summary>Whether the last baseline has moved all its customers. Answers at once when it has, else after a few seconds.</summary>
    [Alias("Settled"), AlwaysInterleave]
    Task<bool> Settled();

    /// <summary>Notifies an observer of the rules in force, and again with each publication, until the subscription is no longer renewed.</summary>
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

    /// <summary>The scheme has another policy, under which cut-offs follow the population without an operator.</summary>
    NotFrozen,
}

/// <param name="Number">The baseline in force.</param>
[GenerateSerializer, Immutable, Alias("grid.refreeze-reply")]
public sealed record RefreezeReply([property: Id(0)] RefreezeOutcome Outcome, [property: Id(1)] int Number);
