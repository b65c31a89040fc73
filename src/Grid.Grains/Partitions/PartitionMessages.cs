using Grid.Ledger;
using Grid.Model.Baselines;

namespace Grid.Grains.Partitions;

/// <summary>The commits of a partition's customers between two positions.</summary>
/// <param name="After">A <see cref="CommitPosition"/>: the end of the previous stretch.</param>
/// <param name="UpTo">A commit position: the end of this stretch.</param>
/// <param name="Customers">In the order of their commits.</param>
/// <param name="Batches">The batches of these customers, in order; null from a silo of an earlier build, which did not name them.</param>
[GenerateSerializer, Immutable, Alias("grid.commit-stretch")]
public sealed record CommitStretch(
    [property: Id(0)] string After,
    [property: Id(1)] string UpTo,
    [property: Id(2)] IReadOnlyList<CommittedCustomer> Customers,
    [property: Id(3)] IReadOnlyList<StretchBatch>? Batches = null)
{
    /// <summary>The customers of the batches that a position does not cover.</summary>
    public IEnumerable<CommittedCustomer> Beyond(CommitPosition position)
    {
        if (Batches is null) return Customers;
        var beyond = new List<CommittedCustomer>(Customers.Count);
        var next = 0;
        foreach (var batch in Batches)
        {
            var end = next + batch.Customers;
            for (; next < end; next++)
                if (!batch.IsCoveredBy(position))
                    beyond.Add(Customers[next]);
        }

        return beyond;
    }
}

/// <summary>Collects the commits of one partition's customers.</summary>
public sealed class StretchBuilder
{
    private readonly List<CommittedCustomer> _customers = [];
    private readonly List<StretchBatch> _batches = [];

    /// <summary>Adds a customer of a batch; batches come in their order.</summary>
    public void Add(CommittedBatch batch, in CommittedCustomer customer)
    {
        if (_batches.Count > 0 && _batches[^1] is var last && last.Lane == batch.Lane && last.Number == batch.Number)
            _batches[^1] = last with { Customers = last.Customers + 1 };
        else
            _batches.Add(new StretchBatch(batch.Lane, batch.Number, 1));
        _customers.Add(customer);
    }

    public CommitStretch Between(CommitPosition after, CommitPosition upTo) => new(after.ToString(), upTo.ToString(), _customers, _batches);
}

/// <summary>The part of a stretch that one batch has written.</summary>
/// <param name="Number">The number of the batch in its lane.</param>
/// <param name="Customers">How many of the stretch's customers it holds.</param>
[GenerateSerializer, Immutable, Alias("grid.stretch-batch")]
public readonly record struct StretchBatch([property: Id(0)] int Lane, [property: Id(1)] long Number, [property: Id(2)] int Customers)
{
    public bool IsCoveredBy(CommitPosition position) => Number <= position[Lane];
}

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
