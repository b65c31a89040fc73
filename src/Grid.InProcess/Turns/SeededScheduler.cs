namespace Grid.InProcess.Turns;

/// <summary>
/// Turns on one thread of its own, one item at a time, the next always chosen by a seeded Random among the activations
/// that are ready: the same seed gives the same interleaving. That holds for what starts inside of <see cref="Run"/>;
/// calls from other threads arrive when they arrive.
/// </summary>
internal sealed class SeededScheduler : TurnScheduler, IDisposable
{
    private readonly Random _random;
    private readonly Thread _thread;

    // The gate guards the fields below and wakes the thread.
    private readonly object _gate = new();
    private readonly List<IThreadPoolWorkItem> _ready = [];
    private bool _stopped;

    internal SeededScheduler(int seed)
    {
        _random = new Random(seed);
        _thread = new Thread(RunReady) { IsBackground = true, Name = "Seeded turns" };
        _thread.Start();
    }

    internal override bool RunsInline => false;

    internal override int ItemsPerTurn => 1;

    internal override void Schedule(IThreadPoolWorkItem work)
    {
        lock (_gate)
        {
            _ready.Add(work);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Runs a workload on the same thread, its steps drawn by the same Random as the turns.</summary>
    internal Task Run(Func<Task> workload)
    {
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Outside(this).Post(_ => _ = Complete(), null);
        return finished.Task;

        async Task Complete()
        {
            try
            {
                await workload();
                finished.SetResult();
            }
            catch (Exception exception)
            {
                finished.SetException(exception);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private void RunReady()
    {
        while (Next() is { } work)
            work.Execute();
    }

    private IThreadPoolWorkItem? Next()
    {
        lock (_gate)
        {
            while (_ready.Count == 0 && !_stopped)
                Monitor.Wait(_gate);
            if (_stopped)
                return null;
            var drawn = _random.Next(_ready.Count);
            var work = _ready[drawn];
            _ready[drawn] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            return work;
        }
    }

    /// <summary>Where the steps of a workload run: outside of the grains, yet on their thread.</summary>
    private sealed class Outside(SeededScheduler scheduler) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => scheduler.Schedule(new Step(this, d, state));

        public override SynchronizationContext CreateCopy() => this;
    }

    private sealed class Step(Outside outside, SendOrPostCallback callback, object? state) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            SynchronizationContext.SetSynchronizationContext(outside);
            try
            {
                callback(state);
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(null);
            }
        }
    }
}
