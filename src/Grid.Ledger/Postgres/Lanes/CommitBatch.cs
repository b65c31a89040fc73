using Grid.Ledger.Lanes;
using Grid.Model.Customers;

namespace Grid.Ledger.Postgres.Lanes;

/// <summary>
/// What is written in one transaction: at most one change of each customer. Others of the same customers wait aside until it is known
/// what became of the first. Used again for each batch; only the lane touches it.
/// </summary>
internal sealed class CommitBatch
{
    private static readonly Comparison<PendingCommit> ById = (x, y) => x.Change.Customer.CompareTo(y.Change.Customer);

    // The version at which the row of each customer of the batch is when all are answered.
    private readonly Dictionary<CustomerId, long> _versions = [];

    /// <summary>The commits to write.</summary>
    public List<PendingCommit> Commits { get; } = [];

    /// <summary>Changes of customers that the batch already has.</summary>
    public List<PendingCommit> Deferred { get; } = [];

    public void Add(PendingCommit commit)
    {
        if (_versions.TryAdd(commit.Change.Customer, commit.Change.Version)) Commits.Add(commit);
        else Deferred.Add(commit);
    }

    /// <summary>In the order of ids, in which rows are locked, so that two batches never wait for each other.</summary>
    public void Sort() => Commits.Sort(ById);

    /// <summary>Answers and leaves out who cannot be written.</summary>
    /// <param name="epoch">The lowest epoch of the rules that is in force.</param>
    /// <param name="versions">Of the rows there are.</param>
    /// <returns>How many conflicts there were.</returns>
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

    /// <summary>After the batch was written: answers the deferred that came too late and gives back those that may be next.</summary>
    /// <returns>How many conflicts there were.</returns>
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

    /// <summary>Answers everyone who has no answer yet with the failure.</summary>
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
