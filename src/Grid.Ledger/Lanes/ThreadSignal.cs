namespace Grid.Ledger.Lanes;

/// <summary>
/// Blocks a thread until another thread calls <see cref="Set"/>. Unlike waiting for a task it does not spin before it blocks: the
/// lane's spinning took a twentieth of the server's processor time under load.
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
                // Pulsed: look again.
            }

            _isSet = false;
        }
    }
}
