using Grid.Grains;
using Grid.Grains.Customers;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Simulation.Worlds;

/// <summary>
/// The clients of the grid: they send events until these are acknowledged, some of them repeatedly, publish rules and erase customers. The auditor's
/// expectation is made of their acknowledged calls.
/// </summary>
internal sealed class Clients
{
    private const int AttemptsMax = 14;
    private readonly World _world;
    private readonly GrainReferences _grains;
    private readonly SomeFacts _facts;
    private readonly List<CustomerMemory> _customers;
    private int _working;

    public Clients(World world)
    {
        _world = world;
        _grains = new GrainReferences(world, null);
        var count = world.Random.Next(4, 14);
        _customers = [.. Enumerable.Range(1, count).Select(number => new CustomerMemory(new CustomerId($"c{number}")))];
        _facts = new SomeFacts(world);
    }

    public IReadOnlyList<CustomerMemory> Customers => _customers;

    public bool AreDone => _working == 0;

    private Random Random => _world.Random;

    public void Begin()
    {
        var senders = Random.Next(2, 5);
        for (var sender = 1; sender <= senders; sender++) Begin($"sender {sender}", Random.Next(4, 16), SendSome);
        Begin("operator", Random.Next(0, 6), Operate);
    }

    /// <summary>Publishes a baseline while every customer gets an event, some of which are decided before it and committed after it.</summary>
    public void Race()
    {
        foreach (var customer in _customers) Begin("sender", 1, () => Send(customer));
        Begin("operator", 1, () => Try(() => _grains.Rules().WakeAndPublishBaseline(Now)));
    }

    /// <summary>The instant of the cut-offs that <see cref="PublishBaseline"/> derived; null when it derived none.</summary>
    public Instant? BaselineAsOf { get; private set; }

    /// <summary>Derives the cut-offs of this instant.</summary>
    public void PublishBaseline() => Begin("operator", 1, async () =>
    {
        var calls = 0;
        await Try(async () =>
        {
            calls++;
            var asOf = Now;
            await _grains.Rules().WakeAndPublishBaseline(asOf);

            // After a failed call, this one may meet a publication that is still moving customers.
            if (calls == 1) BaselineAsOf = asOf;
        });
    });

    /// <summary>Reads the counts of some schemes at one position of the log.</summary>
    public void Count(IReadOnlyList<string> schemes) =>
        Begin("reader", 1, () => Try(async () => Counts = await _grains.LogReader().Counts(schemes)));

    /// <summary>The counts read last.</summary>
    public IReadOnlyList<SegmentSnapshot> Counts { get; private set; } = [];

    private Instant Now => Instant.From(_world.Time.GetUtcNow());

    private void Begin(string name, int times, Func<Task> act)
    {
        _working++;
        new Actor(_world.Scheduler, name).Begin(async () =>
        {
            for (; times > 0; times--)
            {
                await Rest(600);
                await act();
            }

            _working--;
        });
    }

    private async Task SendSome()
    {
        var customer = _customers[Random.Next(_customers.Count)];
        if (customer.IsClosed || Random.Next(25) > 0) await Send(customer);
        else await Erase(customer);
    }

    private async Task Send(CustomerMemory customer)
    {
        if (customer.IsClosed) return;
        List<SentFact> sent = [.. Enumerable.Range(0, Random.Next(1, 4)).Select(_ => new SentFact(_facts.Next(customer, Now)))];
        customer.Facts.AddRange(sent);

        // Some facts are sent again, acknowledged or not.
        while (Random.Next(3) == 0) sent.Insert(Random.Next(sent.Count + 1), customer.Facts[Random.Next(customer.Facts.Count)]);
        sent = [.. sent.Distinct()];
        customer.Calls++;
        await Try(async () => Learn(customer, sent, await _grains.Customer(customer.Id).Record(new FactBatch([.. sent.Select(one => one.Fact)]))));
        customer.Calls--;
    }

    private static void Learn(CustomerMemory customer, List<SentFact> sent, RecordReply reply)
    {
        for (var index = 0; index < sent.Count; index++)
        {
            var (one, outcome) = (sent[index], reply.Outcomes[index]);
            if (outcome.Kind == OutcomeKind.Rejected)
            {
                if (one.IsAcknowledged) throw new WorldException($"{customer.Id}: {one.Fact} was accepted and is rejected: {outcome.Reason}");
                one.IsRejected = true;
                continue;
            }

            one.IsAcknowledged = true;
            if (outcome.Kind == OutcomeKind.Accepted && ++one.Accepted > 1) throw new WorldException($"{customer.Id}: {one.Fact} was new twice");
        }
    }

    private async Task Operate()
    {
        var up = _world.Silos.Where(silo => silo.IsUp).ToList();
        if (up.Count == 0) return;
        var silo = up[Random.Next(up.Count)];
        if (Random.Next(3) > 0)
        {
            await Try(() => _grains.Rules().WakeAndPublishBaseline(Now));
            return;
        }

        var files = Random.Next(3) > 0 ? _world.Rulebooks.Second : _world.Rulebooks.First;
        await Try(async () =>
        {
            var publication = new Publication(files, "client", null, PublicationOrigin.Api);
            var reply = await _world.Ask(silo, () => silo.Publisher.Publish(publication, CancellationToken.None));
            if (reply.Faults.Count > 0) throw new WorldException($"a rulebook has faults: {string.Join("; ", reply.Faults)}");
        });
    }

    /// <summary>
    /// Erases a customer while none of its calls is under way, so that no earlier fact can arrive after the erasure, nor before the customer begins
    /// anew.
    /// </summary>
    private async Task Erase(CustomerMemory customer)
    {
        customer.IsClosed = true;
        _world.KeepSingle(customer.Id);
        await Quiet(customer);
        customer.MayBeErased = true;
        if (!await Try(() => _grains.Customer(customer.Id).Erase().AsTask())) return;
        await Quiet(customer);
        customer.Facts.Clear();
        customer.MayBeErased = false;
        customer.IsClosed = Random.Next(2) == 0;
    }

    private async Task Quiet(CustomerMemory customer)
    {
        while (customer.Calls > 0 || _world.IsUnderWay(customer.Id)) await Rest(1_000);
    }

    /// <summary>Retries as a client does: after a pause, and not for ever.</summary>
    private async Task<bool> Try(Func<Task> act)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            try
            {
                await act();
                return true;
            }
            catch (Exception failure) when (World.IsExpected(failure))
            {
                _world.Scheduler.Log?.Invoke($"a client fails: {failure.GetType().Name} {failure.Message}");
                await Rest(1_000);
            }
        }

        return false;
    }

    private Task Rest(int millisecondsMax) => Task.Delay(TimeSpan.FromMilliseconds(Random.Next(1, millisecondsMax)), _world.Machine);
}
