using Grid.Grains.Customers;
using Grid.Ledger;
using Grid.Model.Customers;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Grid.Tests.Engine;

[Alias("probe")]
public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>Counts up and returns the count: each activation begins at zero.</summary>
    Task<int> Count();

    ValueTask<int> CountByValueTask();

    ValueTask CountWithoutResult();

    Task<string> Key();

    Task Throw(string message);

    /// <summary>Throws what the ledger does when it breaks.</summary>
    Task BreakLedger(FailureKind kind, string message);

    /// <summary>Throws what a customer does that another activation has written.</summary>
    Task BeStale(string customer);

    /// <summary>Throws before it has made a task.</summary>
    ValueTask<int> ThrowAtOnce(string message);

    /// <summary>Notes its beginning and end, and waits at the gate between.</summary>
    Task WaitAt(string gate);

    /// <summary>Has another wait at a gate. Both may take longer than other calls.</summary>
    [ResponseTimeout("01:00:00")]
    Task WaitLongThrough(string other, string gate);

    [ResponseTimeout("01:00:00")]
    Task WaitLongAt(string gate);

    [AlwaysInterleave]
    Task<string> Interleaved();

    [ReadOnly]
    Task ReadAt(string gate);

    [OneWay]
    Task CountOneWay();

    /// <summary>Runs many awaits side by side, each a step that must not overlap with another.</summary>
    Task Fork(int branches, int steps);

    Task LeaveWhenIdle();

    Task StartTimer(TimeSpan dueTime, TimeSpan period, bool keepAlive = false);

    Task StopTimer();

    /// <summary>Calls this grain itself, through the given one.</summary>
    Task<int> CountThrough(string other, string back);

    Task<IReadOnlyList<int>> Echo(Message message);

    Task Notify(IProbeObserver observer, string word);
}

public interface IProbeObserver : IGrainObserver
{
    void Heard(string word);
}

[GenerateSerializer, Immutable]
public sealed record Message([property: Id(0)] string Word, [property: Id(1)] IReadOnlyList<int> Numbers);

/// <summary>Does what a test tells it to and has the witness note what happens.</summary>
internal sealed class ProbeGrain(Witness witness) : Grain, IProbeGrain
{
    private int _count;
    private IGrainTimer? _timer;

    private string Self => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        witness.See($"{Self} activating");
        if (Self.StartsWith("slow", StringComparison.Ordinal))
            await witness.Gate($"{Self} activation");
        if (witness.FailsActivation(Self))
            throw new InvalidOperationException($"{Self} cannot be activated.");
        if (Self.StartsWith("shy", StringComparison.Ordinal))
            DeactivateOnIdle();
        witness.See($"{Self} active");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        witness.See($"{Self} deactivating {reason.ReasonCode}");
        if (Self.StartsWith("slow", StringComparison.Ordinal))
            await witness.Gate($"{Self} deactivation");
        witness.See($"{Self} inactive");
    }

    public Task<int> Count() => Task.FromResult(++_count);

    public ValueTask<int> CountByValueTask() => ValueTask.FromResult(++_count);

    public ValueTask CountWithoutResult()
    {
        _count++;
        return ValueTask.CompletedTask;
    }

    public Task<string> Key() => Task.FromResult(Self);

    public async Task Throw(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task BreakLedger(FailureKind kind, string message) =>
        throw new LedgerException(kind, message, new InvalidDataException("what the ledger's own library said"));

    public Task BeStale(string customer) => throw new StaleCustomerException(new CustomerId(customer), version: 7, actual: 8);

    public ValueTask<int> ThrowAtOnce(string message) => throw new InvalidOperationException(message);

    public Task WaitLongThrough(string other, string gate) => GrainFactory.GetGrain<IProbeGrain>(other).WaitLongAt(gate);

    public Task WaitLongAt(string gate) => WaitAt(gate);

    public async Task WaitAt(string gate)
    {
        witness.See($"{gate} begun");
        await witness.Gate(gate);
        witness.See($"{gate} ended");
    }

    public Task<string> Interleaved()
    {
        witness.See("interleaved");
        return Task.FromResult("interleaved");
    }

    public Task ReadAt(string gate) => WaitAt(gate);

    public Task CountOneWay()
    {
        _count++;
        throw new InvalidOperationException("Nobody hears this.");
    }

    public Task Fork(int branches, int steps) => Task.WhenAll(Enumerable.Range(0, branches).Select(async _ =>
    {
        for (var step = 0; step < steps; step++)
        {
            await Task.Yield();
            witness.Enter(Self);
            _count++;
            witness.Leave(Self);
        }
    }));

    public Task LeaveWhenIdle()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task StartTimer(TimeSpan dueTime, TimeSpan period, bool keepAlive = false)
    {
        _timer = this.RegisterGrainTimer(
            async cancellation =>
            {
                witness.See($"{Self} tick");
                await witness.Gate($"{Self} tick").WaitAsync(cancellation);
            },
            new GrainTimerCreationOptions { DueTime = dueTime, Period = period, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public async Task<int> CountThrough(string other, string back) => string.Equals(other, Self)
        ? await GrainFactory.GetGrain<IProbeGrain>(back).Count()
        : await GrainFactory.GetGrain<IProbeGrain>(other).CountThrough(other, back);

    public Task<IReadOnlyList<int>> Echo(Message message) => Task.FromResult(message.Numbers);

    public Task Notify(IProbeObserver observer, string word)
    {
        observer.Heard(word);
        return Task.CompletedTask;
    }
}
