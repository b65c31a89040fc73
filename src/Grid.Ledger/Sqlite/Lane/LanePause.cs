using Grid.Ledger.Lanes;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>
/// A pause of the lane between two batches, in which another connection can write. SQLite's own lock still decides: when a pause ends too early, the
/// other connection only has to retry.
/// </summary>
internal sealed class LanePause(TimeSpan restMax) : BetweenWork
{
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ThreadSignal _ended = new();

    /// <summary>Completes when the lane pauses.</summary>
    public Task Began => _began.Task;

    /// <summary>Ends the pause.</summary>
    public void End() => _ended.Set();

    public override void Run(Database database)
    {
        _began.TrySetResult();
        _ended.Wait(restMax);
    }

    public override void Fail(Exception failure) => _began.TrySetException(failure);
}
