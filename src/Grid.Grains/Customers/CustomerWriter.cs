using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Grains.Customers;

/// <summary>The services of every customer, held once, so that an idle customer costs one reference for all of them.</summary>
public sealed record CustomerServices(ILedger Ledger, IRulesSource Rules, InFlightEvents Events, GridClock Clock)
{
    /// <summary>
    /// The time of this silo, but at least the publication of the rules in force: clocks of silos differ. A decision at an earlier instant would
    /// ignore the new cut-offs, and the publication would count the customer as moved.
    /// </summary>
    internal Instant Now(Model.Evaluation.Rules rules) => Instant.Max(Clock.Now, Instant.Max(rules.Baseline.AsOf, rules.Rulebook.PublishedAt));

    internal async ValueTask<CommitOutcome> Commit(CustomerChange change)
    {
        using var span = GrainTraces.Source.StartActivity("commit");
        span?.SetTag("grid.transitions", change.Transitions.Count);
        return await Ledger.Commit(Clock.IsReplayed ? change.RecordedWhenEffective() : change);
    }
}

/// <summary>
/// The work of a customer grain, without a silo: holds only the encoded state of one customer, decides by the rules in force and commits. The new
/// state replaces the old one after the ledger has committed it.
/// </summary>
/// <remarks>
/// Not thread-safe: one call at a time, as a grain's turns are. After a <see cref="StaleCustomerException"/> the writer must not be used any more.
/// </remarks>
public sealed class CustomerWriter(CustomerId id, CustomerServices services)
{
    private byte[]? _state;

    /// <summary>Reads the customer's row. Called before anything else.</summary>
    public async ValueTask Load(CancellationToken cancellation)
    {
        await services.Rules.Published.WaitAsync(cancellation);
        _state = (await services.Ledger.Load(id, cancellation))?.State;

        // Another process may have decided this customer under rules that this process has not adopted yet.
        if (IsKnown && CustomerCodec.RulesOf(_state).IsAheadOf(services.Rules.Current)) await services.Rules.AdoptLatest();
    }

    /// <summary>The state after the last commit; null for an unknown customer. Commits nothing.</summary>
    public CustomerState? Read() => IsKnown ? new CustomerState(_state, services.Rules.Current.Epoch) : null;

    /// <summary>Applies facts and returns when the changes are durable.</summary>
    /// <returns>One outcome per fact.</returns>
    /// <exception cref="StaleCustomerException">Another activation has written the row; nothing was committed.</exception>
    public ValueTask<FactOutcome[]> Record(IReadOnlyList<Fact> facts) => Decide(facts);

    /// <summary>Works off everything that is due now. Commits nothing when nothing is due.</summary>
    /// <param name="epoch">The decision uses rules of this epoch or a later one.</param>
    /// <param name="version">The row has this version or a later one: a writer with an earlier version reads the row again.</param>
    /// <returns>The committed head of the customer; null when the customer is unknown.</returns>
    /// <exception cref="StaleCustomerException">Another activation has written the row; nothing was committed.</exception>
    public async ValueTask<CommittedCustomer?> Advance(long epoch, long version)
    {
        await services.Rules.Adopt(epoch);
        if (Version < version) await Reload();
        await Decide([]);
        return IsKnown ? CommittedCustomer.From(id, _state) : null;
    }

    /// <summary>Takes the customer out of all its layers, then removes its row and its name from the ledger.</summary>
    /// <returns>False when the customer was unknown.</returns>
    /// <exception cref="StaleCustomerException">Another activation has written the row; a repeated call completes the erasure.</exception>
    public async ValueTask<bool> Erase()
    {
        await Reload();

        // An earlier call has taken the customer out of its layers and did not come further.
        if (await EndErasure()) return true;
        if (_state is null) return await services.Ledger.Erase(id, CancellationToken.None);
        while (IsKnown) await Commit(CustomerDecider.Leave(id, _state, services.Now(services.Rules.Current), services.Rules.Current));
        await EndErasure();
        return true;
    }

    private long Version => _state is null ? 0 : CustomerHeader.Read(_state).Version;

    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(_state))]
    private bool IsKnown => _state is not null && !CustomerCodec.HasLeft(_state);

    /// <summary>Completes an erasure that has begun: in this call, in a call whose storage failed, or in a process that has ended.</summary>
    /// <returns>Whether this call removed the row.</returns>
    private async ValueTask<bool> EndErasure()
    {
        if (_state is null || IsKnown) return false;

        // The ledger erases without a version check: another activation may have ended this erasure, and the customer may have come back since.
        await Reload();
        if (_state is null || IsKnown) return false;
        await services.Ledger.Erase(id, CancellationToken.None);
        _state = null;
        return true;
    }

    private async ValueTask Reload() => _state = (await services.Ledger.Load(id, CancellationToken.None))?.State;

    /// <summary>
    /// Decides, and decides again under new rules when a publication came first. A publication selects the customers that it moves once the ledger
    /// refuses commits under earlier rules, so a decision that comes too late must be made again under the new rules.
    /// </summary>
    private async ValueTask<FactOutcome[]> Decide(IReadOnlyList<Fact> facts)
    {
        await EndErasure();
        while (true)
        {
            var rules = services.Rules.Current;
            var result = CustomerDecider.Decide(id, _state, facts, services.Now(rules), rules);
            if (result.Change is not { } change || await Commit(change)) return result.Outcomes;
        }
    }

    /// <returns>False when the ledger refused the change because its rules are no longer in force; the rules in force are then adopted.</returns>
    private async ValueTask<bool> Commit(CustomerChange change)
    {
        switch (await services.Commit(change))
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
                throw new InvalidOperationException($"A commit has the unexpected outcome {unknown}.");
        }
    }
}

/// <summary>Another activation has written the customer's row. The failed call committed nothing; repeating it is safe.</summary>
[GenerateSerializer, Alias("grid.stale-customer")]
public sealed class StaleCustomerException(CustomerId customer, long version, long actual)
    : Exception($"The row of customer {customer} is at version {actual}, so version {version} was not written.");
