using Grid.Grains.Rules;
using Grid.Model.Time;

namespace Grid.Grains.Partitions;

/// <summary>
/// What must be known of every customer of a partition without decoding its state: its deadline, its layers, and the values that the baseline ranks.
/// The partition wakes its customers when they are due.
/// </summary>
/// <remarks>Long calls answer after a few seconds at the latest whether they are done; the caller calls again.</remarks>
[Alias("grid.partition")]
public interface IPartitionGrain : IGrainWithIntegerKey
{
    /// <summary>Activates the partition, on the silo that the runtime chooses.</summary>
    /// <returns>The position up to which commits are applied: a <see cref="Ledger.CommitPosition"/>.</returns>
    [Alias("Position")]
    Task<string> Position();

    /// <summary>Applies commits. Commits that were applied before change nothing.</summary>
    [Alias("Apply")]
    Task Apply(CommitStretch stretch);

    /// <summary>Makes the partition read its rows again, because commits were dropped before the feed could hand them over.</summary>
    [Alias("Refill")]
    Task Refill();

    [Alias("Status")]
    Task<PartitionStatus> Status();

    /// <summary>Customers per layer of a scheme, for each rulebook that customers are under.</summary>
    [Alias("Counts")]
    Task<IReadOnlyList<RulebookCounts>> Counts(string scheme);

    /// <summary>Reads from the rows the measures of a rulebook whose values are not known for every customer.</summary>
    /// <param name="files">Of the rulebook; empty: the one in force.</param>
    /// <returns>Whether all values are known now.</returns>
    [Alias("Learn")]
    Task<bool> Learn(IReadOnlyList<SchemeSource> files);

    /// <summary>
    /// Wakes every customer who is due by an instant, and reads the missing values of the measures in force: the values are then those of the
    /// instant.
    /// </summary>
    /// <returns>The mark of each measure's values at that instant; null while the work goes on.</returns>
    [Alias("Prepare")]
    Task<IReadOnlyList<MeasureMark>?> Prepare(Instant asOf);

    /// <returns>One for each request, in their order.</returns>
    [Alias("Values")]
    Task<IReadOnlyList<MeasureValues>> Values(IReadOnlyList<MeasureRequest> requests);

    /// <summary>Wakes the customers whom two sets of cut-offs decide differently.</summary>
    /// <returns>Whether all of them have been woken.</returns>
    [Alias("Move")]
    Task<bool> Move(CutoffChange change);

    /// <summary>Wakes every customer who is due by an instant, earliest first.</summary>
    /// <returns>Whether all have been woken.</returns>
    [Alias("AdvanceTo")]
    Task<bool> AdvanceTo(Instant until);
}
