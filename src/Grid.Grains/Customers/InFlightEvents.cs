using Grid.Ledger;

namespace Grid.Grains.Customers;

/// <summary>How many events customers of this process are taking in, so that work that can wait lets them go first.</summary>
public sealed class InFlightEvents
{
    private long _count;

    // Set by the one who waits, completed by whichever event ends last.
    private volatile TaskCompletionSource? _none;

    // Whether any began since this was last asked.
    private volatile bool _came;

    public void Begin()
    {
        Interlocked.Increment(ref _count);
        if (!_came) _came = true;
    }

    public void End()
    {
        if (Interlocked.Decrement(ref _count) == 0) _none?.TrySetResult();
    }

    /// <summary>Whether any event came since the last time this was asked.</summary>
    public bool HaveCome()
    {
        var came = _came;
        _came = false;
        return came;
    }

    /// <summary>Returns when no event is under way, or after a while all the same. One may wait at a time.</summary>
    /// <param name="atMost">Of the machine's time.</param>
    /// <param name="machine">Its clock.</param>
    public async Task Ended(TimeSpan atMost, TimeProvider machine, CancellationToken cancellation)
    {
        if (Interlocked.Read(ref _count) == 0) return;
        var none = _none = Completions.New();
        if (Interlocked.Read(ref _count) != 0)
        {
            await none.Task.WaitAsync(atMost, machine, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }


        _none = null;
        cancellation.ThrowIfCancellationRequested();
    }
}
