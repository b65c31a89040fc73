namespace Grid.Grains.Partitions;

/// <summary>
/// Work that takes longer than a call should: the first call begins it, each call waits for it a while and says whether it is done, and
/// the caller calls again. Other work takes its place when that is asked for. Used by one grain's turns.
/// </summary>
internal sealed class PolledWork<TAsked>(TimeProvider machine)
{
    private (TAsked Asked, Task Work)? _ongoing;

    public Task<bool> Continue(TAsked asked, Func<Task> begin, TimeSpan patience) =>
        Continue(asked, static (one, other) => EqualityComparer<TAsked>.Default.Equals(one, other), begin, patience);

    /// <returns>False when the work goes on.</returns>
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
