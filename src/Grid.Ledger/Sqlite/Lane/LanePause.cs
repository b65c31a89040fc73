using Grid.Ledger.Lanes;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>
/// A rest of the lane between two batches, in which another connection can write. SQLite's own lock still decides: a rest that ends too
/// early costs the other a retry, nothing else.
/// </summary>
internal sealed class LanePause(TimeSpan restMax) : BetweenWork
{
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ThreadSignal _ended = new();

    /// <summary>Completes when the lane rests.</summary>
    public Task Began => _began.Task;

    /// <summary>Lets the lane go on.</summary>
    public void End() => _ended.Set();

    public override void Run(Database database)
    {
        _began.TrySetResult();
        _ended.Wait(restMax);
    }

    public override void Fail(Exception failure) => _began.TrySetException(failure);
}
