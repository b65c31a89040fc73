using Grid.Grains;
using Grid.Grains.Customers;
using Grid.Grains.Partitions;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model;

namespace Grid.Simulation.Worlds;

/// <summary>A process of the grid, from its start to its crash: the services of its grains, and its own background work.</summary>
internal sealed class Silo
{
    private static readonly TimeSpan BetweenTouches = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenRenewals = TimeSpan.FromSeconds(GridLimits.SubscriptionRenewalSeconds);
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(500);
    private readonly Actor _self;
    private readonly GridStart _start;

    public Silo(World world, int number)
    {
        (World, Number) = (world, number);
        _self = new Actor(world.Scheduler, $"silo {number}");
        Time = new SiloClock(world.Time);
        Clock = new GridClock(Time);
        Ledger = new SiloLedger(world);
        Grains = new GrainReferences(world, this);
        Synchronizer = new RulesSynchronizer(Grains, InForce, Currency.Cny);
        var population = new Population(Grains, world.Machine);
        Publisher = new RulebookPublisher(Grains, InForce, Synchronizer, population, Currency.Cny, Clock);
        _start = new GridStart(Grains, InForce, Synchronizer, Publisher, Clock);
        Customers = new CustomerServices(Ledger, new RulesInSilo(InForce, Synchronizer), Events, Clock);

        // In every second world partitions write beside the grains.
        var idle = new IdleCustomers(Customers, new UnboundedCustomerMemory(), least: world.Seed % 2 == 0 ? 2 : int.MaxValue);
        Partitions = new PartitionServices(
            Ledger, Grains, InForce, Local, Events, Clock, new MeasureCache(Currency.Cny), GridPace.ByItself, new PartitionTurns(), idle, world.Machine);
        Rules = new RulesServices(
            Ledger, population, InForce, Synchronizer, new BaselineSchedule(TimeSpan.Zero), Clock, GridPace.ByItself, Currency.Cny, world.Machine);
    }

    public World World { get; }

    public int Number { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether the other silos consider it dead, which it does not know.</summary>
    public bool IsShutOut { get; set; }

    /// <summary>Whether it has started without faults in the files.</summary>
    public bool IsUp { get; private set; }

    public SiloClock Time { get; }

    public GridClock Clock { get; }

    public ILedger Ledger { get; }

    public IGrainFactory Grains { get; }

    public CurrentRules InForce { get; } = new();

    public InFlightEvents Events { get; } = new();

    public LocalPartitions Local { get; } = new();

    public RulesSynchronizer Synchronizer { get; }

    public RulebookPublisher Publisher { get; }

    public CustomerServices Customers { get; }

    public PartitionServices Partitions { get; }

    public RulesServices Rules { get; }

    /// <summary>Every activation ever created in it.</summary>
    public List<Activation> Activations { get; } = [];

    public void Begin()
    {
        _self.Begin(Start);
        _self.Begin(Touch);
        _self.Begin(Subscribe);
    }

    /// <summary>Starts work that ends with the silo.</summary>
    public void Begin(Func<Task> work) => _self.Begin(work);

    public void Die()
    {
        IsAlive = false;
        _self.Die();
    }

    /// <summary>Receives a publication.</summary>
    public void Hear(RulesInForce rules) => _self.Begin(() => Adopt(rules));

    private async Task Start()
    {
        while (!IsUp)
        {
            try
            {
                var faults = await _start.Run(World.Rulebooks.First, areNamed: true, CancellationToken.None);
                if (faults.Count > 0) throw new InvalidOperationException(string.Join("; ", faults));
                IsUp = true;
            }
            catch (Exception failure) when (World.IsExpected(failure))
            {
                await Task.Delay(BetweenStarts, World.Machine);
            }
        }
    }

    /// <summary>As a silo's lifetime does: activates again the grains that work without calls.</summary>
    private async Task Touch()
    {
        while (true)
        {
            try
            {
                await Task.WhenAll(Grains.LogReader().Touch(), Grains.Rules().InForce());
            }
            catch (Exception failure) when (World.IsExpected(failure))
            {
                // The next touch tries again.
            }

            await Task.Delay(BetweenTouches, World.Machine);
        }
    }

    /// <summary>As a silo's subscription does: each renewal reads the rules in force, so that a lost message only delays them.</summary>
    private async Task Subscribe()
    {
        while (true)
        {
            try
            {
                await Synchronizer.AdoptLatest();
            }
            catch (Exception failure) when (World.IsExpected(failure))
            {
                // The next renewal tries again.
            }

            await Task.Delay(BetweenRenewals, World.Machine);
        }
    }

    private async Task Adopt(RulesInForce rules)
    {
        try
        {
            await Synchronizer.Adopt(rules);
        }
        catch (Exception failure) when (World.IsExpected(failure))
        {
            // The next renewal reads the rules.
        }
    }
}
