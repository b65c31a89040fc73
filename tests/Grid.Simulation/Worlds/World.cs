using Grid.Grains.Clocks;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Customers;

namespace Grid.Simulation.Worlds;

/// <summary>
/// Some silos on one ledger, in one thread: messages overtake each other, are lost and doubled, activations coexist with their successors, storage
/// fails, clocks jump, and silos crash between any two awaits. The seed determines everything.
/// </summary>
internal sealed partial class World
{
    public const string RulesKey = "rules";
    public const string LogReaderKey = "log-reader";
    private static readonly DateTimeOffset Beginning = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, Activation> _activations = [];
    private readonly Dictionary<string, Activation> _replaced = [];
    private readonly List<Request> _outstanding = [];
    private readonly HashSet<string> _single = [];
    private readonly List<Silo> _silos = [];
    private readonly Mutation _mutation;
    private int _siloNumbers;

    public World(int seed, Mutation mutation = Mutation.None)
    {
        (Seed, _mutation) = (seed, mutation);
        Scheduler = new Scheduler(new Random(seed));
        Root = new Actor(Scheduler, "root");
        PageMax = Random.Next(3) == 0 ? Random.Next(1, 6) : 64;
        Storage = new Storage(Scheduler, Machine, new LedgerLimits { CommitsKeptMax = Random.Next(4) == 0 ? Random.Next(4, 30) : 10_000 });
        Rulebooks = WorldRulebooks.Instance;
    }

    public int Seed { get; }

    public Scheduler Scheduler { get; }

    /// <summary>The actor of the world's own actions.</summary>
    public Actor Root { get; }

    public Random Random => Scheduler.Random;

    /// <summary>The machine's clock: rests, retries, polls.</summary>
    public SimulatedClock Machine { get; } = new(Beginning);

    /// <summary>The grid's clock, which can jump.</summary>
    public SimulatedClock Time { get; } = new(Beginning);

    public Storage Storage { get; }

    public WorldRulebooks Rulebooks { get; }

    /// <summary>The most transitions of one page of the log.</summary>
    public int PageMax { get; }

    public IReadOnlyList<Silo> Silos => _silos;

    public Faults Faults { get; set; } = Faults.None;

    public static string PartitionKey(int number) => $"partition/{number}";

    public bool Mutates(Mutation mutation) => _mutation == mutation;

    /// <summary>Failures that callers of a grid must live with.</summary>
    public static bool IsExpected(Exception failure) =>
        failure is LedgerException or TimeoutException or OrleansException or Grains.Customers.StaleCustomerException;

    public Activation? Find(string key) => _activations.GetValueOrDefault(key);

    /// <summary>Calls a grain wherever it lives.</summary>
    /// <param name="from">The silo that calls; null for a client.</param>
    public Task<T> Call<T>(Silo? from, string key, bool interleaves, Func<Activation, Task<T>> call)
    {
        var request = new Request<T>(from, key, interleaves, call);
        _outstanding.Add(request);
        if (Scheduler.Chance(Lost(key)))
        {
            // The call is lost on its way, or its answer is; the caller cannot know which.
            if (Random.Next(2) == 0) Send(key, () => Deliver(request));
            Answer(request, () => request.Fail(new TimeoutException($"No answer from {key}.")));
            return request.Reply;
        }

        Send(key, () => Deliver(request));
        if (Scheduler.Chance(Faults.TwicePerMille)) Send(key, () => Deliver(new Request<T>(from, key, interleaves, call)));
        return request.Reply;
    }

    /// <summary>Sends an answer back, unless the caller has given up.</summary>
    public void Answer(Request request, Action answer)
    {
        if (!_outstanding.Remove(request)) return;
        Send("answer of " + request.Key, answer);
    }

    /// <summary>Runs work in a silo for a client, as the process does that receives an HTTP request.</summary>
    public Task<T> Ask<T>(Silo silo, Func<Task<T>> work)
    {
        var request = new Request<T>(null, $"silo/{silo.Number}", true, _ => work()) { At = silo };
        _outstanding.Add(request);
        Send(request.Key, () =>
        {
            if (silo.IsAlive) silo.Begin(() => request.Run(null, this));
            else Answer(request, () => request.Fail(new SiloUnavailableException($"Silo {silo.Number} is gone.")));
        });
        return request.Reply;
    }

    public void Forward(Request request) => Send(request.Key, () => Deliver(request));

    /// <summary>Makes the next call reach another activation.</summary>
    public void Forget(Activation activation)
    {
        Remove(_activations, activation);
        Remove(_replaced, activation);
    }

    public void Announce(RulesInForce rules)
    {
        foreach (var silo in _silos)
            if (!Scheduler.Chance(Faults.LostPerMille))
                Send($"rules to {silo.Number}", () => silo.Hear(rules));
    }

    public void Send(string name, Action deliver) => Scheduler.Send(new Message(Scheduler.NextNumber(), name, deliver));

    /// <summary>
    /// Prevents a second activation of the customer from here on. Versions do not distinguish two lives: an activation that outlives an erasure could
    /// overwrite the new life when its version reaches the old one.
    /// </summary>
    public void KeepSingle(CustomerId customer)
    {
        _single.Add("customer/" + customer.Value);
        _replaced.Remove("customer/" + customer.Value);
    }

    public bool IsUnderWay(CustomerId customer)
    {
        var key = "customer/" + customer.Value;
        return _outstanding.Exists(request => request.Key == key) || Scheduler.AnyMessage(message => message.Name == key)
            || _silos.Exists(silo => silo.Activations.Exists(activation => activation.Key == key && !activation.IsIdle));
    }

    /// <summary>A request to all customers takes some hundred calls of partitions, of which one would always fail at the usual frequency.</summary>
    private int Lost(string key) => key[0] == 'p' && Random.Next(10) > 0 ? 0 : Faults.LostPerMille;

    private static void Remove(Dictionary<string, Activation> activations, Activation activation)
    {
        if (activations.GetValueOrDefault(activation.Key) == activation) activations.Remove(activation.Key);
    }

    private void Deliver(Request request)
    {
        if (Place(request.Key) is { } activation) activation.Accept(request);
        else Answer(request, () => request.Fail(new SiloUnavailableException($"No silo for {request.Key}.")));
    }

    private Activation? Place(string key)
    {
        if (key.StartsWith("customer/", StringComparison.Ordinal) && !_single.Contains(key))
        {
            if (Scheduler.Chance(Faults.StalePerMille) && _replaced.GetValueOrDefault(key) is { } stale) return stale;
            if (Scheduler.Chance(Faults.SecondPerMille) && _activations.Remove(key, out var before)) _replaced[key] = before;
        }

        if (_activations.TryGetValue(key, out var known)) return known;
        var silos = _silos.FindAll(silo => silo is { IsAlive: true, IsShutOut: false });
        if (silos.Count == 0) return null;
        var silo = silos[Random.Next(silos.Count)];
        var created = Create(key, silo);
        silo.Activations.Add(created);
        _activations.Add(key, created);
        return created;
    }

    private Activation Create(string key, Silo silo)
    {
        var name = key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return key[0] switch
        {
            'c' => new CustomerActivation(this, silo, key, new CustomerId(name)),
            'p' => new PartitionActivation(this, silo, key, int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)),
            's' => new SegmentActivation(this, silo, key, name),
            'r' => new RulesActivation(this, silo, key),
            _ => new LogReaderActivation(this, silo, key),
        };
    }
}
