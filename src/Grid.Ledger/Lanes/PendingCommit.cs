using System.Threading.Tasks.Sources;
using Grid.Model.Customers;

namespace Grid.Ledger.Lanes;

/// <summary>A commit that waits for its batch, and the task of its caller. Instances are reused, so that a commit allocates nothing.</summary>
internal sealed class PendingCommit(PendingCommits owner) : LaneItem, IValueTaskSource<CommitOutcome>
{
    // Continuations never run on the lane's thread: a caller's next turn must not delay the next batch.
    private ManualResetValueTaskSourceCore<CommitOutcome> _core = new() { RunContinuationsAsynchronously = true };

    public CustomerChange Change { get; private set; } = null!;

    /// <summary>Timestamp of the caller's request.</summary>
    public long Since { get; private set; }

    public ValueTask<CommitOutcome> Answer => new(this, _core.Version);

    public void Begin(CustomerChange change, long since)
    {
        Change = change;
        Since = since;
    }

    public void Succeed(CommitOutcome outcome) => _core.SetResult(outcome);

    public override void Fail(Exception failure) => _core.SetException(failure);

    public CommitOutcome GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Change = null!;
            owner.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}

/// <summary>The commits available for reuse.</summary>
internal sealed class PendingCommits(int keptMax)
{
    private readonly Stack<PendingCommit> _free = new();
    private readonly Lock _gate = new();

    public PendingCommit Rent(CustomerChange change, long since)
    {
        PendingCommit? pending;
        lock (_gate) _free.TryPop(out pending);
        pending ??= new PendingCommit(this);
        pending.Begin(change, since);
        return pending;
    }

    public void Return(PendingCommit pending)
    {
        lock (_gate)
            if (_free.Count < keptMax)
                _free.Push(pending);
    }
}
