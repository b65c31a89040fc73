using Grid.Grains.Rulebooks;
using Grid.Ledger;
using Grid.Model;
using Grid.Model.Answers;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Orleans;

namespace Grid.Grains.Customers;

/// <summary>What every customer grain needs, held once, so that an idle customer costs one reference for all of it.</summary>
public sealed record CustomerServices(ILedger Ledger, CurrentRules Rules, GridClock Clock, Currency Currency);

/// <summary>
/// Holds the encoded state of one customer and nothing else. A turn opens it, evaluates and commits; only when the ledger has answered
/// does the new state take the place of the old.
/// </summary>
public sealed class CustomerGrain(CustomerServices services) : Grain, ICustomerGrain
{
    private byte[]? _state;

    private CustomerId Id => new(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _state = (await services.Ledger.Load(Id, cancellationToken))?.State;

    public async ValueTask<RecordReply> Record(FactBatch batch) => new(await Turn(batch.Facts));

    public async ValueTask Advance() => await Turn([]);

    public async ValueTask<CustomerView?> View()
    {
        await Advance();
        return _state is null ? null : CustomerView.Of(Id, Open(_state), services.Clock.Now, services.Rules.Value, services.Currency);
    }

    public async ValueTask<Explanation?> Explain(string scheme)
    {
        await Advance();
        return _state is null || services.Rules.Value.Rulebook.Find(scheme) is null
            ? null
            : Explanation.Of(Id, Open(_state), scheme, services.Clock.Now, services.Rules.Value, services.Currency);
    }

    public async ValueTask<Forecast?> Forecast()
    {
        await Advance();
        return _state is null ? null : Model.Answers.Forecast.Of(Id, Open(_state), services.Clock.Now, services.Rules.Value);
    }

    private async ValueTask<FactOutcome[]> Turn(IReadOnlyList<Fact> facts)
    {
        var rules = services.Rules.Value;
        var result = Model.Evaluation.Turn.Take(Id, _state, facts, services.Clock.Now, rules);
        if (result.Change is not null) await Commit(result.Change);

        // A baseline published while this turn was being committed has looked for the customers it moves before the commit could
        // be seen, so the turn looks for itself.
        while (_state is not null && !ReferenceEquals(rules, services.Rules.Value))
        {
            rules = services.Rules.Value;
            var again = Model.Evaluation.Turn.Take(Id, _state, [], services.Clock.Now, rules);
            if (again.Change is not null) await Commit(again.Change);
        }

        return result.Outcomes;
    }

    private async ValueTask Commit(CustomerChange change)
    {
        switch (await services.Ledger.Commit(change))
        {
            case Committed:
                _state = change.State;
                break;
            case VersionConflict conflict:
                // Another activation has written this row: this one is stale and leaves; the next call loads the row afresh.
                DeactivateOnIdle();
                throw new StaleCustomerException(change.Customer, change.Version, conflict.Actual);
        }
    }

    private Customer Open(byte[] state)
    {
        var customer = new Customer();
        CustomerCodec.Decode(Id, state, customer);
        return customer;
    }
}

/// <summary>The customer was written by another activation meanwhile. Nothing of this call was kept; calling again is safe.</summary>
public sealed class StaleCustomerException(CustomerId customer, long version, long actual)
    : Exception($"The row of customer {customer} is at version {actual}, so version {version} was not written.");
