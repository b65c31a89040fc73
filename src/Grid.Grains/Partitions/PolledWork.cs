namespace Grid.Grains.Partitions;

/// <summary>
/// Work that takes longer than a call should. The first call starts it; each call waits for it a while and returns whether it is done; the caller
/// calls again. A call for other work replaces it. Used by one grain's turns.
/// </summary>
internal sealed class PolledWork<TRequest>(TimeProvider machine)
{
    private (TRequest Request, Task Work)? _ongoing;

    public Task<bool> Continue(TRequest request, Func<Task> begin, TimeSpan patience) =>
        Continue(request, static (one, other) => EqualityComparer<TRequest>.Default.Equals(one, other), begin, patience);

    /// <returns>False while the work goes on.</returns>
    public async Task<bool> Continue(TRequest request, Func<TRequest, TRequest, bool> same, Func<Task> begin, TimeSpan patience)
    {
        if (_ongoing is not { } known || !same(known.Request, request)) _ongoing = (request, begin());
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
