using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Grains.Customers;

/// <summary>What every customer needs, held once, so that an idle customer costs one reference for all of it.</summary>
public sealed record CustomerServices(ILedger Ledger, IRulesSource Rules, InFlightEvents Events, GridClock Clock);

/// <summary>
/// What a customer grain does, without a silo: holds the encoded state of one customer and nothing else, decides by the rules in force and
/// commits. A new state takes the place of the old when the ledger has answered.
/// </summary>
/// <remarks>
/// Not thread-safe: one call at a time, as a grain's turns are. After a <see cref="StaleCustomerException"/> it must not be used any more.
/// </remarks>
public sealed class CustomerWriter(CustomerId id, CustomerServices services)
{
    private byte[]? _state;

    /// <summary>Reads the customer's row. Called before anything else.</summary>
    public async ValueTask Load(CancellationToken cancellation)
    {
        await services.Rules.Published.WaitAsync(cancellation);
        _state = (await services.Ledger.Load(id, cancellation))?.State;

        // Another process may have moved this customer to rules that this one has not met yet.
        if (IsKnown && CustomerCodec.RulesOf(_state).IsAheadOf(services.Rules.Current)) await services.Rules.AdoptLatest();
    }

    /// <summary>The state after the last commit; null for a customer that nothing is known of. Commits nothing.</summary>
    public CustomerState? Read() => IsKnown ? new CustomerState(_state, services.Rules.Current.Epoch) : null;

    /// <summary>Takes facts in and returns when what they changed is durable.</summary>
    /// <returns>One outcome per fact.</returns>
    /// <exception cref="StaleCustomerException">The row was written by another; nothing was committed.</exception>
    public ValueTask<FactOutcome[]> Record(IReadOnlyList<Fact> facts) => Decide(facts);

    /// <summary>Works off what is due now. Without anything due it costs no commit.</summary>
    /// <param name="epoch">It is decided by rules of this epoch or a later one.</param>
    /// <param name="version">The row has come to this version: a writer that knows an earlier one reads it again.</param>
    /// <returns>The committed head of the customer; null when the customer is unknown.</returns>
    /// <exception cref="StaleCustomerException">The row was written by another; nothing was committed.</exception>
    public async ValueTask<CommittedCustomer?> Advance(long epoch, long version)
    {
        await services.Rules.Adopt(epoch);
        if (Version < version) await Reload();
        await Decide([]);
        return IsKnown ? CommittedCustomer.From(id, _state) : null;
    }

    /// <summary>Takes the customer out of all its layers, then removes its row and its name from the ledger.</summary>
    /// <returns>False when nothing was known of it.</returns>
    /// <exception cref="StaleCustomerException">The row was written by another; calling again goes on.</exception>
    public async ValueTask<bool> Erase()
    {
        await Reload();
        await EndErasure();
        if (_state is null) return await services.Ledger.Erase(id, CancellationToken.None);
        while (IsKnown) await Commit(CustomerDecider.Leave(id, _state, Now(services.Rules.Current), services.Rules.Current));
        await EndErasure();
        return true;
    }

    private long Version => _state is null ? 0 : CustomerHeader.Read(_state).Version;

    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(_state))]
    private bool IsKnown => _state is not null && !CustomerCodec.HasLeft(_state);

    /// <summary>Ends an erasure that has begun: by this call, by one that storage has failed, or in a process that is gone.</summary>
    private async ValueTask EndErasure()
    {
        if (_state is null || IsKnown) return;
        await Reload();
        if (_state is null || IsKnown) return;
        await services.Ledger.Erase(id, CancellationToken.None);
        _state = null;
    }

    /// <summary>
    /// The time of this silo, but never before the rules in force were published: clocks of silos differ. A decision of an earlier instant
    /// ignores the new cut-offs, and the publication would count the customer as moved.
    /// </summary>
    private Instant Now(Model.Evaluation.Rules rules) =>
        Instant.Max(services.Clock.Now, Instant.Max(rules.Baseline.AsOf, rules.Rulebook.PublishedAt));

    /// <summary>The ledger erases without a version check: an overtaken activation could remove a row that is still in its layers.</summary>
    private async ValueTask Reload() => _state = (await services.Ledger.Load(id, CancellationToken.None))?.State;

    /// <summary>
    /// A publication looks for the customers it moves when no commit by earlier rules is accepted any more. What was decided by those and
    /// is committed too late is decided again by the new ones.
    /// </summary>
    private async ValueTask<FactOutcome[]> Decide(IReadOnlyList<Fact> facts)
    {
        await EndErasure();
        while (true)
        {
            var rules = services.Rules.Current;
            var result = CustomerDecider.Decide(id, _state, facts, Now(rules), rules);
            if (result.Change is not { } change || await Commit(change)) return result.Outcomes;
        }
    }

    /// <returns>False when it was decided by earlier rules than those in force, which are adopted then.</returns>
    private async ValueTask<bool> Commit(CustomerChange change)
    {
        using var span = GrainTraces.Source.StartActivity("commit");
        span?.SetTag("grid.transitions", change.Transitions.Count);
        switch (await services.Ledger.Commit(change))
        {
            case Committed:
                _state = change.State;
                return true;
            case RulesOutdated outdated:
                await services.Rules.Adopt(outdated.Epoch);
                return false;
            case VersionConflict conflict:
                throw new StaleCustomerException(change.Customer, change.Version, conflict.Actual);
            case var unknown:
                throw new InvalidOperationException($"A commit has the outcome {unknown}, which nobody expects.");
        }
    }
}

/// <summary>The customer was written by another activation meanwhile. Nothing of this call was kept; calling again is safe.</summary>
[GenerateSerializer, Alias("grid.stale-customer")]
public sealed class StaleCustomerException(CustomerId customer, long version, long actual)
    : Exception($"The row of customer {customer} is at version {actual}, so version {version} was not written.");
