using Grid.Model.Customers;
using Grid.Model.Evaluation;

namespace Grid.Grains.Customers;

/// <summary>
/// Works off what is due for customers who are not in memory, without activating their grains: after a stop a million customers can be overdue, and
/// an activation costs as much as the decision and its commit together.
/// </summary>
/// <remarks>
/// It is a second writer beside a grain that is activated meanwhile. The version of the row decides between the two, as between two activations: the
/// loser commits nothing. The state that such a grain keeps is the same facts at an earlier instant, so what it answers, evaluated now, is the same.
/// Where other processes may erase customers, only grains write (<see cref="Ledger.ILedger.Erasures"/>).
/// </remarks>
/// <param name="least">Fewer customers at once are not worth it: then their grains are called.</param>
public sealed class IdleCustomers(CustomerServices services, ICustomerMemory memory, int least = GridLimits.IdleCustomersMin)
{
    /// <summary>Whether so many customers may be worked off here.</summary>
    public bool Take(int customers) => customers >= least && services.Ledger.Erasures is not null;

    /// <returns>The committed head; null when the customer's grain must be called.</returns>
    public async ValueTask<Ledger.CommittedCustomer?> Advance(CustomerId customer, long epoch)
    {
        if (memory.Holds(customer)) return null;
        var erasures = services.Ledger.Erasures;
        await services.Rules.Adopt(epoch);
        var rules = services.Rules.Current;

        // An erasure that has begun is ended by the grain, and rules that this silo lacks are adopted by it.
        if ((await services.Ledger.Load(customer, CancellationToken.None))?.State is not { } state
            || CustomerCodec.HasLeft(state) || CustomerCodec.RulesOf(state).IsAheadOf(rules))
            return null;
        if (CustomerDecider.Decide(customer, state, [], services.Now(rules), rules).Change is not { } change)
            return Ledger.CommittedCustomer.From(customer, state);
        return await services.Commit(change with { ErasuresBefore = erasures }) is Ledger.Committed ? Ledger.CommittedCustomer.From(change) : null;
    }
}
