using Grid.Ledger;
using Grid.Model.Baselines;

namespace Grid.Grains.Partitions;

/// <summary>The commits of a partition's customers between two positions.</summary>
/// <param name="After">A <see cref="CommitPosition"/>: the end of the previous stretch.</param>
/// <param name="UpTo">A commit position: the end of this stretch.</param>
/// <param name="Customers">In the order of their commits.</param>
[GenerateSerializer, Immutable, Alias("grid.commit-stretch")]
public sealed record CommitStretch(
    [property: Id(0)] string After, [property: Id(1)] string UpTo, [property: Id(2)] IReadOnlyList<CommittedCustomer> Customers);

/// <summary>The status of a partition.</summary>
/// <param name="IsFilled">Whether the partition knows all its customers; until then the numbers count those known so far.</param>
/// <param name="ByRulebook">Customers per rulebook.</param>
/// <param name="NextDue">Milliseconds since 1970; the greatest number when there is no deadline.</param>
[GenerateSerializer, Immutable, Alias("grid.partition-status")]
public sealed record PartitionStatus(
    [property: Id(0)] bool IsFilled,
    [property: Id(1)] int Customers,
    [property: Id(2)] IReadOnlyDictionary<int, int> ByRulebook,
    [property: Id(3)] long NextDue);

/// <summary>Requests the values of a measure.</summary>
/// <param name="WithCustomers">Whether the reply must name the customers of the values.</param>
[GenerateSerializer, Immutable, Alias("grid.measure-request")]
public sealed record MeasureRequest([property: Id(0)] string Measure, [property: Id(1)] bool WithCustomers);

/// <summary>The values of one measure over the customers of a partition who are in its population.</summary>
/// <param name="Customers">The customers of the values, in the same order; empty when they were not requested.</param>
/// <param name="Mark">The mark of these values: see <see cref="MeasureMark"/>.</param>
[GenerateSerializer, Immutable, Alias("grid.measure-values")]
public sealed record MeasureValues(
    [property: Id(0)] IReadOnlyList<long> Values, [property: Id(1)] IReadOnlyList<string> Customers, [property: Id(2)] string Mark);

/// <summary>The mark of a measure's values: as long as it is the same, the values are unchanged.</summary>
[GenerateSerializer, Immutable, Alias("grid.measure-mark")]
public sealed record MeasureMark([property: Id(0)] string Measure, [property: Id(1)] string Mark);

/// <summary>Two sets of cut-offs; customers whom they decide differently are evaluated again.</summary>
/// <param name="Epoch">The epoch of the rules with the cut-offs <paramref name="After"/>.</param>
[GenerateSerializer, Immutable, Alias("grid.cutoff-change")]
public sealed record CutoffChange(
    [property: Id(0)] long Epoch, [property: Id(1)] IReadOnlyList<Cutoffs> Before, [property: Id(2)] IReadOnlyList<Cutoffs> After);
