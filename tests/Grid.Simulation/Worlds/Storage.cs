using Grid.Ledger;
using Grid.Ledger.Memory;
using Grid.Model.Customers;

namespace Grid.Simulation.Worlds;

internal enum Access
{
    Read,
    Write,
}

/// <summary>The effect of a commit on a row.</summary>
/// <param name="Before">Null for a customer's first.</param>
internal sealed record WrittenChange(CustomerRow? Before, CustomerChange Change);

/// <summary>
/// The storage that outlives every silo: the ledger and the states of grains. An access may fail before or after it has taken effect.
/// </summary>
internal sealed class Storage(Scheduler scheduler, TimeProvider machine, LedgerLimits limits)
{
    private const int SlowTurnsMax = 200;
    private const int SlowMillisecondsMax = 3_000;

    public MemoryLedger Ledger { get; } = new(limits);

    public Dictionary<string, (long Tag, object State)> States { get; } = [];

    /// <summary>Every change of a customer that became durable, in order.</summary>
    public List<WrittenChange> Changes { get; } = [];

    /// <summary>Of a thousand accesses, those that fail, before or after they took effect.</summary>
    public int FailuresPerMille { get; set; }

    /// <summary>Of a thousand accesses, those that take long.</summary>
    public int SlowPerMille { get; set; }

    /// <summary>The delay before an access: others run meanwhile, and the storage may be unavailable.</summary>
    public async Task Reach(Access access)
    {
        await Task.Yield();
        if (scheduler.Chance(SlowPerMille)) await TakeLong();
        Fail(access, "before");
    }

    /// <summary>The delay after an access.</summary>
    public async Task Answer(Access access)
    {
        await Task.Yield();
        if (access == Access.Write) Fail(access, "after");
    }

    /// <summary>Lets others take some turns, or waits until no other has a turn for a while.</summary>
    private async Task TakeLong()
    {
        if (scheduler.Random.Next(2) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(scheduler.Random.Next(1, SlowMillisecondsMax)), machine);
            return;
        }

        for (var turns = scheduler.Random.Next(SlowTurnsMax); turns > 0; turns--) await Task.Yield();
    }

    private void Fail(Access access, string when)
    {
        if (scheduler.Chance(FailuresPerMille))
            throw new LedgerException(FailureKind.Temporary, $"The storage went away {when} a {(access == Access.Read ? "read" : "write")}.");
    }
}
