using Grid.Ledger.Lanes;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>The commits and other work of one transaction. Reused for each batch; only the lane uses it.</summary>
internal sealed class CommitBatch
{
    public List<PendingCommit> Commits { get; } = [];

    public List<BatchWork> Works { get; } = [];

    /// <summary>The commits whose version fits, and their changes in the same order.</summary>
    public List<PendingCommit> Accepted { get; } = [];
    public List<CustomerChange> Changes { get; } = [];

    /// <summary>The refused commits, with their outcomes.</summary>
    public List<(PendingCommit Commit, CommitOutcome Answer)> Refused { get; } = [];

    /// <summary>The versions of the customers after this batch.</summary>
    public Dictionary<CustomerId, long> Versions { get; } = [];

    public int Transitions { get; set; }

    public bool IsEmpty => Commits.Count == 0 && Works.Count == 0;

    /// <summary>Fails all callers. Nothing of the batch was written.</summary>
    public void Fail(LedgerException failure)
    {
        foreach (var commit in Commits) commit.Fail(failure);
        foreach (var work in Works) work.Fail(failure);
    }

    public void Clear()
    {
        Commits.Clear();
        Works.Clear();
        Accepted.Clear();
        Changes.Clear();
        Refused.Clear();
        Versions.Clear();
        Transitions = 0;
    }
}
