using Grid.Ledger.Lanes;
using Grid.Ledger.Log;
using Grid.Ledger.Postgres.Following;

namespace Grid.Ledger.Postgres.Lanes;

/// <summary>A batch as the two pages of the log. Reused for each batch; only the lane uses it.</summary>
internal sealed class BatchPages
{
    private readonly TransitionPage _transitions = new();
    private readonly CustomerPage _customers = new();

    // Pages are too large to allocate for each batch.
    private byte[] _transitionBytes = [];
    private byte[] _customerBytes = [];

    /// <summary>The number of transitions.</summary>
    public int Count { get; private set; }

    /// <summary>Empty when the batch has no transitions.</summary>
    public ReadOnlyMemory<byte> Transitions { get; private set; }

    public ReadOnlyMemory<byte> Customers { get; private set; }

    public void Fill(List<PendingCommit> commits)
    {
        Count = 0;
        _customers.Begin(commits.Count);
        foreach (var commit in commits)
        {
            Count += commit.Change.Transitions.Count;
            _customers.Add(CommittedCustomer.From(commit.Change));
        }

        _customers.End();
        Customers = Keep(_customers.Written, ref _customerBytes);
        Transitions = Count == 0 ? default : WriteTransitions(commits);
    }

    private static ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> page, ref byte[] bytes)
    {
        if (bytes.Length < page.Length) bytes = new byte[page.Length * 2];
        page.CopyTo(bytes);
        return bytes.AsMemory(0, page.Length);
    }

    private ReadOnlyMemory<byte> WriteTransitions(List<PendingCommit> commits)
    {
        var begun = false;
        foreach (var commit in commits)
        {
            for (var index = 0; index < commit.Change.Transitions.Count; index++)
            {
                var transition = commit.Change.Transitions[index];
                if (!begun) _transitions.Begin(Count, transition.RecordedAt);
                begun = true;
                _transitions.Add(transition);
            }
        }

        _transitions.End();
        return Keep(_transitions.Written, ref _transitionBytes);
    }
}
