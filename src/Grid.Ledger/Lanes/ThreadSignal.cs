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

    /// <summary>Blocks until the signal is set, and resets it. Only one thread may wait at a time.</summary>
    public void Wait() => Wait(Timeout.InfiniteTimeSpan);

    /// <summary>Blocks until the signal is set, at most for a time limit, and resets it.</summary>
    public void Wait(TimeSpan atMost)
    {
        lock (_gate)
        {
            while (!_isSet && Monitor.Wait(_gate, atMost))
            {
                // The monitor was pulsed, so the loop checks again.
            }

            _isSet = false;
        }
    }
}
