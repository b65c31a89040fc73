namespace Grid.Tests.Ledger;

/// <summary>
/// Writers that work while a test reads. They make only the changes that the test lets them make: a ledger in memory answers at once, so writers
/// without a bound would take every thread from the reader, and fill the memory until it comes.
/// </summary>
internal sealed class WritersBeside : IAsyncDisposable
{
    private readonly SemaphoreSlim _changes = new(0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _writing;

    /// <param name="writers">How many write at a time.</param>
    /// <param name="change">Makes one change; its argument is the number of the writer, from 0.</param>
    public WritersBeside(int writers, Func<int, Task> change) =>
        _writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => Write(writer, change))));

    /// <summary>Lets the writers make so many changes more, in the background.</summary>
    public void Let(int changes) => _changes.Release(changes);

    /// <summary>Ends the writers, after the changes they have begun, and throws what one of them threw.</summary>
    public async Task End()
    {
        await _ended.CancelAsync();
        await _writing;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
        _changes.Dispose();
    }

    private async Task Write(int writer, Func<int, Task> change)
    {
        while (true)
        {
            await _changes.WaitAsync(_ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ended.IsCancellationRequested) return;
            await change(writer);
        }
    }
}
