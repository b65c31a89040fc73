namespace Grid.Simulation.Worlds;

/// <summary>
/// One thread and one random source: it chooses the next step among the turns of actors and the messages under way. Its choices are the trace; the
/// same seed gives the same trace.
/// </summary>
internal sealed class Scheduler(Random random)
{
    private const ulong HashStart = 14695981039346656037UL;
    private const ulong HashFactor = 1099511628211UL;
    private readonly List<Actor> _ready = [];
    private readonly List<Message> _messages = [];
    private int _numbers;

    public Random Random => random;

    /// <summary>Of all choices so far.</summary>
    public ulong Trace { get; private set; } = HashStart;

    public long Steps { get; private set; }

    /// <summary>Whether no step is possible until time passes.</summary>
    public bool IsIdle => _ready.Count == 0 && _messages.Count == 0;

    /// <summary>The failure of work that must not fail.</summary>
    public Exception? Broken { get; set; }

    /// <summary>Observes every choice, for the analysis of a failure.</summary>
    public Action<string>? Log { get; set; }

    public int NextNumber() => ++_numbers;

    public bool Chance(int perMille) => perMille > 0 && random.Next(1000) < perMille;

    public void Ready(Actor actor) => _ready.Add(actor);

    /// <summary>Sends a message; others may overtake it.</summary>
    public void Send(Message message) => _messages.Add(message);

    public bool AnyMessage(Func<Message, bool> wanted) => _messages.Exists(message => wanted(message));

    public void Step()
    {
        var choice = random.Next(_ready.Count + _messages.Count);
        Steps++;
        if (choice < _ready.Count)
        {
            var actor = _ready[choice];
            Note(actor.Number);
            Log?.Invoke($"{Steps} turn {actor.Name}");
            actor.RunTurn();

            // At most, others were added behind it.
            if (actor.HasTurns) return;
            actor.IsReady = false;
            _ready[choice] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            return;
        }

        var index = choice - _ready.Count;
        var message = _messages[index];
        _messages[index] = _messages[^1];
        _messages.RemoveAt(_messages.Count - 1);
        Note(-message.Number);
        Log?.Invoke($"{Steps} message {message.Name}");
        message.Deliver();
    }

    /// <summary>Makes anything else that must repeat part of the trace.</summary>
    public void Note(long value) => Trace = (Trace ^ (ulong)value) * HashFactor;
}

/// <summary>A message under way, which is delivered when the scheduler chooses it.</summary>
internal sealed record Message(int Number, string Name, Action Deliver);
