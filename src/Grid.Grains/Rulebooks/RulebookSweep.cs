using Grid.Grains.Calendars;
using Grid.Grains.Customers;
using Grid.Grains.Populations;

namespace Grid.Grains.Rulebooks;

/// <param name="Customers">Everyone.</param>
/// <param name="Moved">Those under the rulebook in force.</param>
/// <param name="ByRulebook">Customers per rulebook, of one moment: they add up to everyone.</param>
public sealed record SweepProgress(int Rulebook, int Customers, int Moved, IReadOnlyDictionary<int, int> ByRulebook);

/// <summary>
/// Moves customers to the rulebook in force who have no turn of their own, a few at a time and when no event is under way, so that events
/// do not wait: each process its share, and then whoever is left. It can be stopped at any time: whoever is left is found again, because
/// each row says under which rulebook it was written. Its rests are of the machine's time, not of the grid's.
/// </summary>
public sealed class RulebookSweep(CustomerIndex index, CurrentRules rules, Calendar calendar, EventsUnderWay events, IHostShare share) : IDisposable
{
    private readonly SemaphoreSlim _begin = new(0, 1);
    private volatile TaskCompletionSource _done = Completed();

    // Only the sweep touches it: when it last heard of events.
    private long _eventsCame;

    /// <summary>Completes when everyone has moved to the rulebook that was in force at the last <see cref="Begin"/>.</summary>
    public Task Done => _done.Task;

    public SweepProgress Progress
    {
        get
        {
            var rulebook = rules.Value.Rulebook.Number;
            var customers = index.CustomersByRulebook();
            return new SweepProgress(rulebook, customers.Values.Sum(), customers.GetValueOrDefault(rulebook), customers);
        }
    }

    /// <summary>There is a new rulebook to move to.</summary>
    public void Begin()
    {
        lock (_begin)
        {
            if (_done.Task.IsCompleted) _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_begin.CurrentCount == 0) _begin.Release();
        }
    }

    public async Task Run(CancellationToken cancellation)
    {
        while (true)
        {
            await _begin.WaitAsync(cancellation);
            await Sweep(cancellation);
            lock (_begin)
                if (_begin.CurrentCount == 0)
                    _done.TrySetResult();
        }
    }

    private async Task Sweep(CancellationToken cancellation)
    {
        var ownOnly = true;
        while (true)
        {
            var rulebook = rules.Value.Rulebook.Number;
            var before = Progress.Moved;
            foreach (var some in index.Behind(rulebook).Where(customer => !ownOnly || share.Owns(customer)).Chunk(GridLimits.SweepBatchMax))
            {
                await events.Ended(TimeSpan.FromMilliseconds(GridLimits.SweepYieldMilliseconds), cancellation);
                var began = TimeProvider.System.GetTimestamp();
                await calendar.Advance(some, cancellation);
                if (rules.Value.Rulebook.Number != rulebook) break;
                await Task.Delay(TimeProvider.System.GetElapsedTime(began) * RestFactor(), TimeProvider.System, cancellation);
            }

            var now = Progress;
            if (now.Moved == now.Customers) return;
            ownOnly = now.Moved > before;

            // Whoever could not be moved is tried again, but not in a circle without rest.
            if (now.Rulebook == rulebook && now.Moved == before)
                await Task.Delay(TimeSpan.FromMilliseconds(GridLimits.AdvanceRetryMilliseconds), TimeProvider.System, cancellation);
        }
    }

    private int RestFactor()
    {
        if (events.HaveCome()) _eventsCame = TimeProvider.System.GetTimestamp();
        var quiet = TimeProvider.System.GetElapsedTime(_eventsCame) > TimeSpan.FromMilliseconds(GridLimits.SweepQuietMilliseconds);
        return quiet ? GridLimits.SweepRestFactor : GridLimits.SweepRestFactorAmongEvents;
    }

    public void Dispose() => _begin.Dispose();

    private static TaskCompletionSource Completed()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
