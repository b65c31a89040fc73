using Grid.Ledger.Lanes;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>Work written in the transaction of a batch, beside its changes.</summary>
internal abstract class BatchWork : LaneItem
{
    public abstract void Write(Database database);

    /// <summary>Called after the transaction was committed.</summary>
    public abstract void Succeed();
}

internal sealed class BatchWork<T>(Func<Database, T> write) : BatchWork
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _written;

    public Task<T> Answer => _answer.Task;

    public override void Write(Database database) => _written = write(database);

    public override void Succeed() => _answer.TrySetResult(_written!);

    public override void Fail(Exception failure) => _answer.TrySetException(failure);
}

/// <summary>Work done between two batches, with no transaction open.</summary>
internal abstract class BetweenWork : LaneItem
{
    public abstract void Run(Database database);
}

internal sealed class BetweenWork<T>(Func<Database, T> work) : BetweenWork
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override void Run(Database database)
    {
        try
        {
            _answer.TrySetResult(work(database));
        }
        catch (Exception failure)
        {
            database.Rollback();
            _answer.TrySetException(SqliteFailure.From(failure, "working between two groups"));
        }
    }

    public override void Fail(Exception failure) => _answer.TrySetException(failure);
}
