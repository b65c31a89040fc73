namespace Grid.Simulation.Worlds;

/// <summary>
/// The turns of one activation or one client: continuations of its awaits run in it, first come, first served, as in a grain. The
/// <see cref="Scheduler"/> chooses whose turn is next.
/// </summary>
internal class Actor(Scheduler scheduler, string name) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Run, object? State)> _turns = new();

    public int Number { get; } = scheduler.NextNumber();

    public string Name => name;

    /// <summary>Marks its process as ended: no further turn runs, in the middle of whatever the actor was doing.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Whether the scheduler has it on its list.</summary>
    internal bool IsReady { get; set; }

    public bool HasTurns => _turns.Count > 0;

    public void Die()
    {
        IsDead = true;
        _turns.Clear();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsDead) return;
        _turns.Enqueue((d, state));
        if (IsReady) return;
        IsReady = true;
        scheduler.Ready(this);
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("A world has one thread.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Begins work in this actor.</summary>
    public void Begin(Func<Task> work) => Post(_ => _ = Watch(work()), null);

    /// <summary>Starts work whose unexpected failure is a failure of the world.</summary>
    public async Task Watch(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception unexpected)
        {
            scheduler.Broken ??= unexpected;
        }
    }

    public void RunTurn()
    {
        if (!_turns.TryDequeue(out var turn)) return;
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            turn.Run(turn.State);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
