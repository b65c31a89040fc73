namespace Grid.Grains.Partitions;

/// <summary>
/// Work that takes longer than a call should. The first call starts it; each call waits for it a while and returns whether it is done; the caller
/// calls again. A call for other work replaces it. Used by one grain's turns.
/// </summary>
internal sealed class PolledWork<TAsked>(TimeProvider machine)
{
    private (TAsked Asked, Task Work)? _ongoing;

    public Task<bool> Continue(TAsked asked, Func<Task> begin, TimeSpan patience) =>
        Continue(asked, static (one, other) => EqualityComparer<TAsked>.Default.Equals(one, other), begin, patience);

    /// <returns>False while the work goes on.</returns>
    public async Task<bool> Continue(TAsked asked, Func<TAsked, TAsked, bool> same, Func<Task> begin, TimeSpan patience)
    {
        if (_ongoing is not { } known || !same(known.Asked, asked)) _ongoing = (asked, begin());
        var work = _ongoing!.Value.Work;
        if (!work.IsCompleted)
        {
            await work.WaitAsync(patience, machine)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (!work.IsCompleted) return false;
        }

        if (_ongoing is { } last && ReferenceEquals(last.Work, work)) _ongoing = null;
        await work;
        return true;
    }
}
