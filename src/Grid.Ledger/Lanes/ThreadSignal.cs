namespace Grid.Ledger.Lanes;

/// <summary>
/// Blocks a thread until another one sets it. Waiting for a task or an event of the framework spins before it blocks, which takes a tenth of
/// a core from those that the thread waits for.
/// </summary>
internal sealed class ThreadSignal
{
    private readonly object _gate = new();
    private bool _isSet;

    public void Set()
    {
        lock (_gate)
        {
            _isSet = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Blocks until it is set, and resets it. One thread waits at a time.</summary>
    public void Wait() => Wait(Timeout.InfiniteTimeSpan);

    /// <summary>The same, or until the time is over.</summary>
    public void Wait(TimeSpan atMost)
    {
        lock (_gate)
        {
            while (!_isSet && Monitor.Wait(_gate, atMost))
            {
                // Set meanwhile.
            }

            _isSet = false;
        }
    }
}
