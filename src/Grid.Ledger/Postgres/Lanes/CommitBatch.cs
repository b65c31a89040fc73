using Grid.Ledger.Lanes;
using Grid.Model.Customers;

namespace Grid.Ledger.Postgres.Lanes;

/// <summary>
/// The commits of one transaction, at most one change per customer. Further changes of the same customers are deferred until the outcome of the first
/// is known. Reused for each batch; only the lane uses it.
/// </summary>
internal sealed class CommitBatch
{
    private static readonly Comparison<PendingCommit> ById = (x, y) => x.Change.Customer.CompareTo(y.Change.Customer);

    // The version of each customer's row after the batch.
    private readonly Dictionary<CustomerId, long> _versions = [];

    /// <summary>The commits to write.</summary>
    public List<PendingCommit> Commits { get; } = [];

    /// <summary>Further changes of customers whose change is in the batch already.</summary>
    public List<PendingCommit> Deferred { get; } = [];

    public void Add(PendingCommit commit)
    {
        if (_versions.TryAdd(commit.Change.Customer, commit.Change.Version)) Commits.Add(commit);
        else Deferred.Add(commit);
    }

    /// <summary>Sorts the commits by id: rows are locked in this order, so that two batches never deadlock.</summary>
    public void Sort() => Commits.Sort(ById);

    /// <summary>Answers and removes the commits that cannot be written.</summary>
    /// <param name="epoch">The lowest epoch whose changes are accepted.</param>
    /// <param name="versions">The versions of the existing rows.</param>
    /// <returns>The number of conflicts.</returns>
    public int Refuse(long epoch, IReadOnlyDictionary<CustomerId, long> versions)
    {
        var conflicts = 0;
        var kept = 0;
        for (var index = 0; index < Commits.Count; index++)
        {
            var commit = Commits[index];
            var change = commit.Change;
            var actual = versions.GetValueOrDefault(change.Customer);
            if (change.Epoch >= epoch && change.Version == actual + 1)
            {
                Commits[kept++] = commit;
                continue;
            }

            _versions[change.Customer] = actual;
            if (change.Version != actual + 1) conflicts++;
            commit.Succeed(change.Epoch < epoch ? new RulesOutdated(epoch) : new VersionConflict(actual));
        }

        Commits.RemoveRange(kept, Commits.Count - kept);
        return conflicts;
    }

    /// <summary>
    /// Called after the batch was written: answers deferred commits of an outdated version, and moves the others to the next batch.
    /// </summary>
    /// <returns>The number of conflicts.</returns>
    public int Settle(List<PendingCommit> next)
    {
        var conflicts = 0;
        foreach (var rival in Deferred)
        {
            var version = _versions[rival.Change.Customer];
            if (rival.Change.Version != version + 1)
            {
                conflicts++;
                rival.Succeed(new VersionConflict(version));
            }
            else
            {
                next.Add(rival);
            }
        }

        return conflicts;
    }

    /// <summary>Fails every commit that has no answer yet.</summary>
    public void Fail(LedgerException failure)
    {
        foreach (var commit in Commits) commit.Fail(failure);
        foreach (var rival in Deferred) rival.Fail(failure);
    }

    public void Clear()
    {
        Commits.Clear();
        Deferred.Clear();
        _versions.Clear();
    }
}
