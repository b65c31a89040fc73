using Grid.Ledger;
using Grid.Model.Baselines;

namespace Grid.Grains.Partitions;

/// <summary>The commits of a partition's customers between two places.</summary>
/// <param name="After">A <see cref="CommitPosition"/>: what was handed over before ends here.</param>
/// <param name="UpTo">What is committed up to here has been handed over with this stretch.</param>
/// <param name="Customers">In the order of their commits.</param>
[GenerateSerializer, Immutable, Alias("grid.commit-stretch")]
public sealed record CommitStretch(
    [property: Id(0)] string After, [property: Id(1)] string UpTo, [property: Id(2)] IReadOnlyList<CommittedCustomer> Customers);

/// <summary>How a partition is.</summary>
/// <param name="IsFilled">Whether all its customers are known; until then the numbers are those known so far.</param>
/// <param name="ByRulebook">Customers per rulebook.</param>
/// <param name="NextDue">Milliseconds since 1970; the greatest number when there is no deadline.</param>
[GenerateSerializer, Immutable, Alias("grid.partition-status")]
public sealed record PartitionStatus(
    [property: Id(0)] bool IsFilled,
    [property: Id(1)] int Customers,
    [property: Id(2)] IReadOnlyDictionary<int, int> ByRulebook,
    [property: Id(3)] long NextDue);

/// <summary>Asks for the values of a measure.</summary>
/// <param name="WithCustomers">Whether it matters whose they are.</param>
[GenerateSerializer, Immutable, Alias("grid.measure-request")]
public sealed record MeasureRequest([property: Id(0)] string Measure, [property: Id(1)] bool WithCustomers);

/// <summary>The values of one measure over the customers of a partition who are in its population.</summary>
/// <param name="Customers">The customers of the values, in the same order; empty when they were not requested.</param>
/// <param name="Mark">Of these values: see <see cref="MeasureMark"/>.</param>
[GenerateSerializer, Immutable, Alias("grid.measure-values")]
public sealed record MeasureValues(
    [property: Id(0)] IReadOnlyList<long> Values, [property: Id(1)] IReadOnlyList<string> Customers, [property: Id(2)] string Mark);

/// <summary>Identifies the values of a measure: they are unchanged as long as the mark is the same.</summary>
[GenerateSerializer, Immutable, Alias("grid.measure-mark")]
public sealed record MeasureMark([property: Id(0)] string Measure, [property: Id(1)] string Mark);

/// <summary>Two sets of cut-offs: who is decided differently by them is evaluated again.</summary>
/// <param name="Epoch">Of the rules that brought the cut-offs of <paramref name="After"/>.</param>
[GenerateSerializer, Immutable, Alias("grid.cutoff-change")]
public sealed record CutoffChange(
    [property: Id(0)] long Epoch, [property: Id(1)] IReadOnlyList<Cutoffs> Before, [property: Id(2)] IReadOnlyList<Cutoffs> After);
