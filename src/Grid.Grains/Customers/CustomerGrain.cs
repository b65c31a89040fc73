using Grid.Grains.Rulebooks;
using Grid.Ledger;
using Grid.Model;
using Grid.Model.Answers;
using Grid.Model.Customers;
using Grid.Model.Facts;

namespace Grid.Grains.Customers;

/// <summary>What every customer grain needs, held once, so that an idle customer costs one reference for all of it.</summary>
public sealed record CustomerServices(ILedger Ledger, CurrentRules Rules, RulesFollower Follower, EventsUnderWay Events, GridClock Clock, Currency Currency);

/// <summary>
/// Holds the encoded state of one customer and nothing else. A turn opens it, evaluates and commits; only when the ledger has answered
/// does the new state take the place of the old.
/// </summary>
public sealed class CustomerGrain(CustomerServices services) : Grain, ICustomerGrain
{
    private byte[]? _state;

    private CustomerId Id => new(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await services.Rules.Published.WaitAsync(cancellationToken);
        _state = (await services.Ledger.Load(Id, cancellationToken))?.State;
        await Forget();

        // Another process may have adopted a rulebook, and moved this customer to it, a moment before this one.
        if (_state is not null && !services.Rules.Value.Layouts.ContainsKey(CustomerCodec.RulebookOf(_state))) await services.Follower.AdoptLatest();
    }

    public async ValueTask<RecordReply> Record(FactBatch batch)
    {
        services.Events.Begin();
        try
        {
            return new RecordReply(await Turn(batch.Facts));
        }
        finally
        {
            services.Events.End();
        }
    }

    public async ValueTask Advance(long edition)
    {
        await services.Follower.Adopt(edition);
        await Turn([]);
    }

    public async ValueTask<CustomerView?> View()
    {
        await Turn([]);
        return _state is null ? null : CustomerView.Of(Id, Open(_state), services.Clock.Now, services.Rules.Value, services.Currency);
    }

    public async ValueTask<Explanation?> Explain(string scheme)
    {
        await Turn([]);
        return _state is null || services.Rules.Value.Rulebook.Find(scheme) is null
            ? null
            : Explanation.Of(Id, Open(_state), scheme, services.Clock.Now, services.Rules.Value, services.Currency);
    }

    public async ValueTask<Forecast?> Forecast()
    {
        await Turn([]);
        return _state is null ? null : Model.Answers.Forecast.Of(Id, Open(_state), services.Clock.Now, services.Rules.Value);
    }

    public async ValueTask<bool> Erase()
    {
        await Forget();
        if (_state is null) return await services.Ledger.Erase(Id, CancellationToken.None);
        while (!CustomerCodec.HasLeft(_state)) await Commit(Model.Evaluation.Turn.Leave(Id, _state, services.Clock.Now, services.Rules.Value));
        await Forget();
        return true;
    }

    /// <summary>Ends an erasure that has begun: by this call, by one that storage has failed, or before this process was there.</summary>
    private async ValueTask Forget()
    {
        if (_state is null || !CustomerCodec.HasLeft(_state)) return;
        await services.Ledger.Erase(Id, CancellationToken.None);
        _state = null;
    }

    /// <summary>
    /// A publication looks for the customers it moves when nobody can commit by earlier rules any more. A turn that was decided by those
    /// and comes too late with its commit is taken again by the new ones.
    /// </summary>
    private async ValueTask<FactOutcome[]> Turn(IReadOnlyList<Fact> facts)
    {
        await Forget();
        while (true)
        {
            var result = Model.Evaluation.Turn.Take(Id, _state, facts, services.Clock.Now, services.Rules.Value);
            if (result.Change is not { } change || await Commit(change)) return result.Outcomes;
        }
    }

    /// <returns>False when it was decided by earlier rules than those in force, which are adopted then.</returns>
    private async ValueTask<bool> Commit(CustomerChange change)
    {
        switch (await services.Ledger.Commit(change))
        {
            case Committed:
                _state = change.State;
                return true;
            case RulesOutdated outdated:
                await services.Follower.Adopt(outdated.Edition);
                return false;
            case VersionConflict conflict:
                // Another activation has written this row: this one is stale and leaves; the next call loads the row afresh.
                DeactivateOnIdle();
                throw new StaleCustomerException(change.Customer, change.Version, conflict.Actual);
            case var unknown:
                throw new InvalidOperationException($"A commit has the outcome {unknown}, which nobody expects.");
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
[GenerateSerializer, Alias("grid.stale-customer")]
public sealed class StaleCustomerException(CustomerId customer, long version, long actual)
    : Exception($"The row of customer {customer} is at version {actual}, so version {version} was not written.");
