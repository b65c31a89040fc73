using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;

namespace Grid.Grains.Populations;

/// <summary>What a pass is about, fixed before its first row.</summary>
/// <param name="Position">The rows are those of this place in the log.</param>
/// <param name="AsOf">The instant layers and metrics are of.</param>
/// <param name="Rules">In force when the rows were fixed or published since, so that they know the layers of every row.</param>
public sealed record ScanContext(LogPosition Position, Instant AsOf, Model.Evaluation.Rules Rules)
{
    /// <summary>
    /// Works off what is due for a customer at <see cref="AsOf"/> and has not been worked off yet, as its own grain would: a deadline, a
    /// newer baseline or rulebook. Nothing is committed.
    /// </summary>
    /// <returns>The layers it changed.</returns>
    public int BringUp(CustomerRow row, Customer customer)
    {
        if (IsCurrent(row, customer) || CustomerDecider.Decide(row.Customer, row.State, [], AsOf, Rules).Change is not { } change) return 0;
        CustomerCodec.Decode(row.Customer, change.State, customer);
        return change.Transitions.Count;
    }

    /// <summary>Most customers are not moved by most baselines and keep the number of an older one; they need no turn.</summary>
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

/// <summary>A pass that has come to its end.</summary>
/// <param name="Visitors">One per worker, each with its part of the customers.</param>
/// <param name="Customers">How many were visited.</param>
public sealed record PassResult<T>(ScanContext Start, IReadOnlyList<T> Visitors, long Customers);

/// <param name="Done">Customers handed to the workers.</param>
/// <param name="Total">Customers known; never less than those done.</param>
public readonly record struct ScanStep(long Done, long Total);
