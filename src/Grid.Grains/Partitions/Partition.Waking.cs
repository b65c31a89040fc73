using Grid.Grains.Calls;
using Grid.Model.Customers;
using Grid.Model.Time;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Partitions;

/// <summary>Wakes customers: when they are due, when cut-offs decide them differently, and when a new rulebook is in force.</summary>
public sealed partial class Partition
{
    // Timers are limited to about 49 days; an early wake-up is harmless.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(40);

    // Customers with a damaged row that are logged already: each is logged once.
    private readonly HashSet<CustomerId> _damaged = [];

    // One drain at a time: when a second call gets the lock, the customers that the first took out have been woken.
    private readonly SemaphoreSlim _draining = new(1, 1);

    /// <summary>
    /// Wakes every customer who is due by an instant, earliest first. Returns when all have been woken, by this call or by another.
    /// </summary>
    public async Task AdvanceTo(Instant until, CancellationToken cancellation)
    {
        await _filled.Task.WaitAsync(cancellation);
        await _draining.WaitAsync(cancellation);
        try
        {
            while (_columns.TakeDue(until, GridLimits.DueBatchMax) is { Count: > 0 } due)
            {
                var failed = await Advance(due, cancellation);
                Publish();

                // The caller's clock may be ahead of this silo's: customers to retry are due by it and would be taken again without a pause.
                if (failed.Count > 0 && until > services.Clock.Now)
                    await Task.Delay(TimeSpan.FromMilliseconds(GridLimits.RetryMilliseconds), services.Machine, cancellation);
            }
        }
        finally
        {
            _draining.Release();
        }
    }

    /// <summary>Wakes these customers, a bounded number at a time.</summary>
    /// <returns>The customers who could not be woken; they are retried as deadlines.</returns>
    public async Task<IReadOnlyList<CustomerId>> Advance(IReadOnlyList<CustomerId> customers, CancellationToken cancellation)
    {
        var isMany = services.Idle.Take(customers.Count);
        var waking = new List<Task<bool>>(customers.Count);
        foreach (var customer in customers)
        {
            // Given back by the call itself, when it ends.
            await services.Turns.Wakes.WaitAsync(cancellation);
            waking.Add(Advance(customer, isMany));
        }

        var woken = await Task.WhenAll(waking);
        return [.. customers.Where((_, index) => !woken[index])];
    }

    /// <param name="isMany">Whether it is one of many: then its grain is called only when it is in memory.</param>
    private async Task<bool> Advance(CustomerId customer, bool isMany)
    {
        try
        {
            // The answer equals the later commit, so the next deadline is known at once.
            var epoch = Math.Max(_epoch, services.Rules.Value.Epoch);
            var erasures = _erasures;
            var answer = isMany ? await services.Idle.Advance(customer, epoch) : null;
            answer ??= await services.Grains.Customer(customer).Advance(epoch, _columns.VersionOf(customer));

            // The answer for a customer who was erased meanwhile would bring back the removed row.
            if (answer is { } known && erasures == _erasures) _columns.Put(known);

            // The answer may come from a stale activation, or from a silo whose clock is behind, where the customer is not due yet.
            var isCurrent = answer is { } head && _columns.Restore(head);
            if (!isCurrent || answer!.Value.DueAt <= services.Clock.Now)
                _columns.Retry(customer, services.Clock.Now.Plus(GridLimits.RetryMilliseconds));
            services.Local.CountWoken();
            return isCurrent;
        }
        catch (Exception exception) when (CallFailures.DamageOf(exception) is { } damage)
        {
            // The customer moves after its row is repaired. It counts as woken: a publication would otherwise wait for the repair.
            if (_damaged.Add(customer)) Damaged(logger, damage.Message);
            _columns.Retry(customer, services.Clock.Now.Plus(GridLimits.DamagedRetryMilliseconds));
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The deadline stays in the row, and the customer is retried, so nothing is lost.
            CouldNotAdvance(logger, CallFailures.LevelOf(exception), customer.Value, exception);
            _columns.Retry(customer, services.Clock.Now.Plus(GridLimits.RetryMilliseconds));
            return false;
        }
        finally
        {
            services.Turns.Wakes.Release();
        }
    }

    private async Task RunWakes(CancellationToken cancellation)
    {
        while (true)
        {
            // Taken before the drain: a deadline that comes during it would be missed otherwise.
            var nearer = _nearer.Next();
            await AdvanceTo(services.Clock.Now, cancellation);
            await SleepUntil(_columns.NextDue, nearer, cancellation);
        }
    }

    private async Task SleepUntil(Instant due, Task nearer, CancellationToken cancellation)
    {
        var wait = due.IsNever ? LongestSleep : TimeSpan.FromMilliseconds(Math.Max(0, due.Milliseconds - services.Clock.Now.Milliseconds));
        if (wait == TimeSpan.Zero) return;

        // Goes on in a turn of the grain: everything here is read and written there only.
        await nearer.WaitAsync(wait < LongestSleep ? wait : LongestSleep, services.Clock.Provider, cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellation.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Damage} The others of its partition are served.")]
    private static partial void Damaged(ILogger logger, string damage);

    [LoggerMessage(Message = "Customer {Customer} could not be woken; retrying.")]
    private static partial void CouldNotAdvance(ILogger logger, LogLevel level, string customer, Exception exception);
}
