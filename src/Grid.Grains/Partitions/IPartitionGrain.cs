using Grid.Grains.Rules;
using Grid.Model.Time;

namespace Grid.Grains.Partitions;

/// <summary>
/// What must be known of every customer of a partition without opening it: who is due when, the layers, the measures that the baseline
/// ranks. It wakes its customers when they are due.
/// </summary>
/// <remarks>Calls that take long answer after a few seconds whether they are done; the caller calls again.</remarks>
[Alias("grid.partition")]
public interface IPartitionGrain : IGrainWithIntegerKey
{
    /// <summary>Has the partition activated, wherever the runtime places it.</summary>
    /// <returns>The commits that are taken in: a <see cref="Ledger.CommitPosition"/>.</returns>
    [Alias("Position")]
    Task<string> Position();

    /// <summary>Takes in commits. Those taken in before change nothing.</summary>
    [Alias("Apply")]
    Task Apply(CommitStretch stretch);

    /// <summary>Has the partition read its rows again, because commits were dropped before it was handed them.</summary>
    [Alias("Refill")]
    Task Refill();

    [Alias("Status")]
    Task<PartitionStatus> Status();

    /// <summary>Customers per layer of a scheme, for each rulebook that customers are under.</summary>
    [Alias("Counts")]
    Task<IReadOnlyList<RulebookCounts>> Counts(string scheme);

    /// <summary>Reads the measures of a rulebook that are not known of everybody from the rows.</summary>
    /// <param name="files">Of the rulebook; empty: the one in force.</param>
    /// <returns>Whether all are known now.</returns>
    [Alias("Learn")]
    Task<bool> Learn(IReadOnlyList<SchemeSource> files);

    /// <summary>
    /// Wakes everyone who is due by an instant and reads the measures of the rulebook in force that are not known of everybody: then the
    /// values are those of the instant.
    /// </summary>
    /// <returns>The mark of each measure's values at that instant; null while the work goes on.</returns>
    [Alias("Prepare")]
    Task<IReadOnlyList<MeasureMark>?> Prepare(Instant asOf);

    /// <returns>One for each request, in their order.</returns>
    [Alias("Values")]
    Task<IReadOnlyList<MeasureValues>> Values(IReadOnlyList<MeasureRequest> requests);

    /// <summary>Evaluates the customers whom two sets of cut-offs decide differently.</summary>
    /// <returns>Whether all have been.</returns>
    [Alias("Move")]
    Task<bool> Move(CutoffChange change);

    /// <summary>Wakes everyone who is due by an instant, earliest first.</summary>
    /// <returns>Whether all have been woken.</returns>
    [Alias("AdvanceTo")]
    Task<bool> AdvanceTo(Instant until);
}
