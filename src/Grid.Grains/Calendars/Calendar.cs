using Grid.Grains.Populations;
using Grid.Grains.Rulebooks;
using Grid.Model.Customers;
using Grid.Model.Time;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Calendars;

/// <summary>
/// Wakes customers when they are due. What then happens, and as of when, is the customer's own business. Each process wakes its share;
/// should another fail to wake one of its own, this one does it a little later.
/// </summary>
public sealed partial class Calendar(
    CustomerIndex index, IGrainFactory grains, CurrentRules rules, IHostShare share, GridClock clock, ILogger<Calendar> logger) : IDisposable
{
    // One drain at a time, so that whoever comes second knows that those taken by the first have been advanced.
    private readonly SemaphoreSlim _draining = new(1, 1);

    private long _advanced;

    /// <summary>How many times a customer was woken.</summary>
    public long Advanced => Volatile.Read(ref _advanced);

    /// <summary>How far behind the earliest deadline is; zero when nothing is overdue.</summary>
    public TimeSpan Lag
    {
        get
        {
            var due = index.NextDue;
            var now = clock.Now;
            return due < now ? TimeSpan.FromMilliseconds(now.Milliseconds - due.Milliseconds) : TimeSpan.Zero;
        }
    }

    /// <summary>Runs until cancelled: sleeps until the earliest deadline, or until a nearer one is committed.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        using var nearer = new SemaphoreSlim(0, 1);
        void Wake()
        {
            if (nearer.CurrentCount == 0) nearer.Release();
        }

        index.Nearer += Wake;
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                await WakeShare(clock.Now, cancellation);
                await SleepUntil(index.NextDue, nearer, cancellation);
            }
        }
        finally
        {
            index.Nearer -= Wake;
        }
    }

    /// <summary>Wakes everyone due by an instant, earliest first. When it returns they have been advanced, whoever woke them.</summary>
    public async Task Drain(Instant until, CancellationToken cancellation)
    {
        await _draining.WaitAsync(cancellation);
        try
        {
            while (index.TakeDue(until, GridLimits.DueBatchMax) is { Count: > 0 } due)
                await Advance(due.Select(entry => entry.Customer), cancellation);
        }
        finally
        {
            _draining.Release();
        }
    }

    /// <summary>A customer of another's share comes back with its next commit; if there is none for a while, whoever should wake it is gone.</summary>
    private async Task WakeShare(Instant now, CancellationToken cancellation)
    {
        await _draining.WaitAsync(cancellation);
        try
        {
            while (index.TakeDue(now, GridLimits.DueBatchMax) is { Count: > 0 } due)
            {
                var others = due.Where(entry => !share.Owns(entry.Customer) && entry.DueAt.Plus(GridLimits.OthersWakeMilliseconds) > now).ToHashSet();
                foreach (var (customer, dueAt) in others) index.Retry(customer, dueAt.Plus(GridLimits.OthersWakeMilliseconds));
                await Advance(due.Where(entry => !others.Contains(entry)).Select(entry => entry.Customer), cancellation);
            }
        }
        finally
        {
            _draining.Release();
        }
    }

    public void Dispose() => _draining.Dispose();

    /// <summary>Wakes these customers, a bounded number at a time.</summary>
    public Task Advance(IEnumerable<CustomerId> customers, CancellationToken cancellation)
    {
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = GridLimits.AdvancesMax, CancellationToken = cancellation };
        return Parallel.ForEachAsync(customers, bounded, async (customer, _) =>
        {
            try
            {
                await grains.Customer(customer).Advance(rules.IsPublished ? rules.Value.Edition : 0);
                Interlocked.Increment(ref _advanced);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Nothing is lost: the deadline stays in the row, and the customer is tried again.
                CouldNotAdvance(logger, customer.Value, exception);
                index.Retry(customer, clock.Now.Plus(GridLimits.AdvanceRetryMilliseconds));
            }
        });
    }

    private async Task SleepUntil(Instant due, SemaphoreSlim nearer, CancellationToken cancellation)
    {
        var wait = due.IsNever ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds(Math.Max(0, due.Milliseconds - clock.Now.Milliseconds));
        if (wait == TimeSpan.Zero) return;

        // Timers end at about 49 days; waking up for nothing is harmless.
        var longest = TimeSpan.FromDays(40);
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var timer = Task.Delay(wait < longest ? wait : longest, clock.Provider, woken.Token);
        await Task.WhenAny(timer, nearer.WaitAsync(woken.Token));
        await woken.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Customer {Customer} could not be advanced; it is tried again.")]
    private static partial void CouldNotAdvance(ILogger logger, string customer, Exception exception);
}
