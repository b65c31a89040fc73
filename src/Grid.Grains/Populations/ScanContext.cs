using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;

namespace Grid.Grains.Populations;

/// <summary>The position, instant and rules of a scan, fixed before its first row.</summary>
/// <param name="Position">The position of the rows in the log.</param>
/// <param name="AsOf">The instant of layers and metrics.</param>
/// <param name="Rules">The rules in force when the rows were fixed, or later ones: they know the layers of every row.</param>
public sealed record ScanContext(LogPosition Position, Instant AsOf, Model.Evaluation.Rules Rules)
{
    /// <summary>
    /// Works off everything that is due for a customer at <see cref="AsOf"/>, as its own grain would: deadlines, a newer baseline or rulebook.
    /// Commits nothing.
    /// </summary>
    /// <returns>The layers it changed.</returns>
    public int BringUp(CustomerRow row, Customer customer)
    {
        if (IsCurrent(row, customer) || CustomerDecider.Decide(row.Customer, row.State, [], AsOf, Rules).Change is not { } change) return 0;
        CustomerCodec.Decode(row.Customer, change.State, customer);
        return change.Transitions.Count;
    }

    /// <summary>Most baselines do not move most customers, which keep the number of an older baseline; these need no decision.</summary>
    private bool IsCurrent(CustomerRow row, Customer customer)
    {
        if (row.DueAt <= AsOf || customer.Rulebook != Rules.Rulebook.Number) return false;
        if (customer.Baseline == Rules.Baseline.Number) return true;
        var at = Instant.Max(AsOf, customer.EvaluatedAt);
        var schemes = Rules.Rulebook.Schemes;
        for (var index = 0; index < schemes.Count; index++)
            if (schemes[index].Measures.Count > 0 && !schemes[index].Agrees(customer.Layers[index], customer, at, Rules.Baseline))
                return false;
        return true;
    }
}

/// <summary>A completed scan.</summary>
/// <param name="Visitors">One per worker, each with the result over its part of the customers.</param>
/// <param name="Customers">The number of customers visited.</param>
public sealed record PassResult<T>(ScanContext Start, IReadOnlyList<T> Visitors, long Customers);

/// <param name="Done">Customers handed to the workers.</param>
/// <param name="Total">Customers known; never less than <paramref name="Done"/>.</param>
public readonly record struct ScanStep(long Done, long Total);
