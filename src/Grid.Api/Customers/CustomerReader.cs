using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Rules;
using Grid.Model.Customers;
using Grid.Rulebooks.Explaining;

namespace Grid.Api.Customers;

/// <summary>Reads a customer's state from its grain and evaluates it here, as of now. Commits nothing.</summary>
internal sealed class CustomerReader(IGrainFactory grains, GrainCalls calls, IRulesSource rules, GridClock clock)
{
    /// <summary>Null for an unknown customer.</summary>
    public async Task<EvaluatedCustomer?> Read(CustomerId customer)
    {
        var read = await calls.Call(grains.Customer(customer), static grain => grain.Read());
        if (read is null) return null;
        await rules.Adopt(read.Epoch);
        return EvaluatedCustomer.From(customer, read.State.ToArray(), clock.Now, rules.Current);
    }
}
