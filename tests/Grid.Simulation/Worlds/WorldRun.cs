using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;

namespace Grid.Simulation.Worlds;

/// <summary>The result of a world.</summary>
/// <param name="Failure">Null without a failure.</param>
/// <param name="Trace">The same for the same seed and commit.</param>
internal sealed record WorldResult(int Seed, string? Failure, ulong Trace, long Steps, int Changes)
{
    /// <summary>One line that reproduces the failure.</summary>
    public string Line => $"world {Seed} failed: {Failure} -- repeat: {Command} --seed {Seed} --count 1";

    private const string Command = "dotnet run -c Release --project tests/Grid.Simulation -- worlds";
}

/// <summary>Runs a world: faults and work at the same time, then rest, then the audit.</summary>
internal static class WorldRun
{
    /// <summary>At rest at most the first attempt fails: when another activation has stored something before.</summary>
    private const int BaselinesMax = 3;

    private const int SlowPerMilleInRace = 500;

    public static WorldResult Run(int seed, Mutation mutation = Mutation.None, Action<string>? log = null)
    {
        var world = default(World);
        var before = SynchronizationContext.Current;
        string? failure = null;
        try
        {
            world = new World(seed, mutation);
            world.Scheduler.Log = log;
            SynchronizationContext.SetSynchronizationContext(world.Root);
            Live(world);
        }
        catch (WorldException found)
        {
            failure = found.Message;
        }
        catch (Exception unexpected)
        {
            failure = unexpected.ToString().ReplaceLineEndings(" ");
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        return new WorldResult(seed, failure, world!.Scheduler.Trace, world.Scheduler.Steps, world.Storage.Changes.Count);
    }

    private static void Live(World world)
    {
        for (var silos = world.Random.Next(1, 4); silos > 0; silos--) world.Start();
        var clients = new Clients(world);
        var faults = Faults.Draw(world.Random);
        if (world.Random.Next(2) == 0) world.RunUntil(() => world.Silos.All(silo => silo.IsUp) ? null : "silos start");
        world.Begin(faults);
        clients.Begin();
        world.RunUntil(() => clients.AreDone ? null : "clients are at work");
        world.Begin(faults with { SlowPerMille = SlowPerMilleInRace });
        clients.Race();
        world.RunUntil(() => clients.AreDone ? null : "clients race with a baseline");
        world.Heal();
        world.RunUntil(() => Unsettled(world, clients));

        // A last baseline finds most customers that the one before should have moved: some worlds leave it out.
        if (world.Random.Next(2) == 0) PublishBaseline(world, clients);
        var rules = RulesOf(world);
        clients.Count([.. rules.Rulebook.Schemes.Select(scheme => scheme.Id)]);
        world.RunUntil(() => Unsettled(world, clients));
        new WorldAuditor(world, clients, rules).Audit();
    }

    private static void PublishBaseline(World world, Clients clients)
    {
        for (var times = 1; clients.BaselineAsOf is null; times++)
        {
            if (times > BaselinesMax) throw new WorldException("no baseline is derived");
            clients.PublishBaseline();
            world.RunUntil(() => Unsettled(world, clients));
        }
    }

    /// <summary>Checks that no message is under way, no customer is due, and every process knows all commits.</summary>
    /// <returns>The work that is still to happen; null when there is none.</returns>
    private static string? Unsettled(World world, Clients clients)
    {
        if (!world.Scheduler.IsIdle) return "messages are under way";
        if (!clients.AreDone) return "clients are at work";
        if (world.Silos.FirstOrDefault(silo => !silo.IsUp) is { } starting) return $"silo {starting.Number} is not up";
        var ledger = world.Storage.Ledger;
        if (world.Find(World.LogReaderKey) is not LogReaderActivation reader) return "nobody reads the log";
        if (!reader.Partitions.Position.Equals(ledger.CommitHead))
            return $"partitions are at {reader.Partitions.Position} of {ledger.CommitHead}";
        if (!reader.Segments.Position.Equals(ledger.Head)) return $"segments are at {reader.Segments.Position} of {ledger.Head}";
        for (var number = 0; number < PartitionOf.Count; number++)
            if (world.Find(World.PartitionKey(number)) is not PartitionActivation { Partition.IsFilled: true })
                return $"partition {number} does not know its customers";
        if (world.Find(World.RulesKey) is not RulesActivation { IsActive: true } rules) return "nobody has the rules";
        if (!rules.Authority.Moving.IsCompleted || rules.Baseline.Moving is not null) return "customers are moved to the baseline";
        var now = Instant.From(world.Time.GetUtcNow());
        foreach (var row in Rows.From(ledger).Values)
        {
            if (row.DueAt <= now) return $"{row.Customer} is due {row.DueAt}, it is {now}";
            if (CustomerCodec.RulebookOf(row.State) != rules.Baseline.Rulebook)
                return $"{row.Customer} is not under rulebook {rules.Baseline.Rulebook}";
        }

        return null;
    }

    private static Rules RulesOf(World world)
    {
        var states = world.Storage.States;
        var rulebooks = (RulebookState)states["rulebook"].State;
        var inForce = ((BaselineState)states["baseline"].State).InForce!;
        var rulebook = rulebooks.History.Single(published => published.Number == inForce.Rulebook).ToRulebook(Currency.Cny);
        var layouts = rulebooks.History.ToDictionary(published => published.Number, published => published.Layout);
        return new Rules(rulebook, inForce.ToBaseline(), layouts) { Epoch = inForce.Epoch };
    }
}
