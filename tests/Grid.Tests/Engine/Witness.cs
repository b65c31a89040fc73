using System.Collections.Concurrent;

namespace Grid.Tests.Engine;

/// <summary>Sees what happens inside of the probe grains, and holds their gates.</summary>
public sealed class Witness
{
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, bool> _failing = new();
    private readonly Lock _overlapGate = new();
    private readonly Dictionary<string, int> _inside = [];
    private volatile bool _isOver;

    public IReadOnlyList<string> Seen => [.. _seen];

    /// <summary>How often two threads were inside of one grain at once.</summary>
    public int Overlaps { get; private set; }

    public int Count(string what) => _seen.Count(seen => string.Equals(seen, what));

    public void See(string what) => _seen.Enqueue(what);

    /// <summary>A task that is not completed before the gate is opened.</summary>
    public Task Gate(string name) => GateOf(name).Task;

    public void Open(string name) => GateOf(name).TrySetResult();

    /// <summary>Opens every gate, also those that nobody has come to yet.</summary>
    public void OpenAll()
    {
        _isOver = true;
        foreach (var gate in _gates.Values)
            gate.TrySetResult();
    }

    public void FailActivationsOf(string key, bool fail) => _failing[key] = fail;

    public bool FailsActivation(string key) => _failing.GetValueOrDefault(key);

    public void Enter(string key)
    {
        lock (_overlapGate)
        {
            _inside[key] = _inside.GetValueOrDefault(key) + 1;
            if (_inside[key] > 1)
                Overlaps++;
        }
    }

    public void Leave(string key)
    {
        lock (_overlapGate)
            _inside[key]--;
    }

    // Continuations run where the gate is opened: whoever waits in a grain has its turn queued when Open returns.
    private TaskCompletionSource GateOf(string name)
    {
        var gate = _gates.GetOrAdd(name, _ => new TaskCompletionSource());
        if (_isOver) gate.TrySetResult();
        return gate;
    }
}
