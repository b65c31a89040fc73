using Grid.Ledger;

namespace Grid.Grains.Customers;

/// <summary>Counts the events that customers of this process are processing, so that background work can let them go first.</summary>
public sealed class InFlightEvents
{
    private long _count;

    // Set by the waiter; completed by the event that ends last.
    private volatile TaskCompletionSource? _none;

    // Whether any event began since the last call of HaveCome.
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

    /// <summary>Whether any event began since the last call of this method.</summary>
    public bool HaveCome()
    {
        var came = _came;
        _came = false;
        return came;
    }

    /// <summary>Returns when no event is under way, or at the latest after a time limit. Only one caller may wait at a time.</summary>
    /// <param name="atMost">The time limit, on the machine's clock.</param>
    /// <param name="machine">The machine's clock.</param>
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
