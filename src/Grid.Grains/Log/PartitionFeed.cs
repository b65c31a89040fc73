using Grid.Grains.Calls;
using Grid.Grains.Partitions;
using Grid.Ledger;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Log;

/// <summary>
/// Hands each partition the commits of its customers, in order. A newly activated partition reads the ledger itself and reports its position; a
/// stretch handed over twice changes nothing.
/// </summary>
/// <param name="machine">The time of rests and retries.</param>
public sealed partial class PartitionFeed(ILedger ledger, IGrainFactory grains, TimeProvider machine, ILogger<PartitionFeed> logger)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(GridLimits.AskRetryMilliseconds);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(GridLimits.LogPollMilliseconds);

    // By partition: the end of the last stretch handed over.
    private readonly CommitPosition[] _handed = new CommitPosition[PartitionOf.Count];
    private readonly AsyncSignal _moved = new();
    private volatile CommitPosition _position = CommitPosition.Start;
    private long _touched;

    /// <summary>Every partition has applied the commits up to this position.</summary>
    public CommitPosition Position => _position;

    /// <summary>Runs until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await Begin(cancellation);
        while (true)
        {
            var committed = ledger.Signal.Next();
            try
            {
                while (await Step(cancellation))
                {
                    // There may be more.
                }

                if (machine.GetElapsedTime(_touched) >= Poll) await Touch(cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                CouldNotFeed(logger, CallFailures.LevelOf(exception), exception);
                await Task.Delay(Retry, machine, cancellation);
                continue;
            }

            await committed.WaitAsync(Poll, machine, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Returns when every partition has applied the commits up to a position.</summary>
    public async Task WaitFor(CommitPosition position, CancellationToken cancellation)
    {
        while (true)
        {
            var moved = _moved.Next();
            if (_position.Covers(position)) return;
            await moved.WaitAsync(cancellation);
        }
    }

    /// <summary>Continues at the position of the partition that is furthest behind.</summary>
    private async Task Begin(CancellationToken cancellation)
    {
        var positions = await Task.WhenAll(Enumerable.Range(0, PartitionOf.Count).Select(number => PositionOf(number, cancellation)));
        positions.CopyTo(_handed, 0);
        _touched = machine.GetTimestamp();
        Move(positions.Aggregate((one, other) => one.Earlier(other)));
    }

    private async Task<CommitPosition> PositionOf(int number, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return CommitPosition.Parse(await grains.Partition(number).Position().WaitAsync(cancellation));
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                CouldNotFeed(logger, CallFailures.LevelOf(exception), exception);
                await Task.Delay(Retry, machine, cancellation);
            }
        }
    }

    private async Task<bool> Step(CancellationToken cancellation)
    {
        var page = await ledger.Commits(_position, GridLimits.CommitGroupsMax, cancellation);
        if (page is null)
        {
            // The ledger dropped commits before this feed read them: the partitions must read the rows again.
            Dropped(logger, _position);
            await Task.WhenAll(Enumerable.Range(0, PartitionOf.Count).Select(number => grains.Partition(number).Refill().WaitAsync(cancellation)));
            await Begin(cancellation);
            return true;
        }

        if (page.Next.Equals(_position)) return false;
        var stretches = new StretchBuilder?[PartitionOf.Count];
        foreach (var batch in page.Batches)
            foreach (var customer in batch.Customers)
                (stretches[PartitionOf.Customer(customer.Customer)] ??= new StretchBuilder()).Add(batch, customer);
        await Task.WhenAll(Enumerable.Range(0, stretches.Length).Where(number => stretches[number] is not null)
            .Select(number => Hand(number, stretches[number]!, page.Next, cancellation)));
        Move(page.Next);
        return true;
    }

    private async Task Hand(int number, StretchBuilder stretch, CommitPosition upTo, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await grains.Partition(number).Apply(stretch.Between(_handed[number], upTo)).WaitAsync(cancellation);
                _handed[number] = upTo;
                return;
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                CouldNotFeed(logger, CallFailures.LevelOf(exception), exception);
                await Task.Delay(Retry, machine, cancellation);
            }
        }
    }

    /// <summary>Calls every partition, so that the runtime activates again those whose silo has died, and their customers are woken.</summary>
    private async Task Touch(CancellationToken cancellation)
    {
        _touched = machine.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, PartitionOf.Count).Select(number => grains.Partition(number).Position())).WaitAsync(cancellation);
    }

    private void Move(CommitPosition position)
    {
        _position = position;
        _moved.Set();
    }

    [LoggerMessage(Message = "A partition could not be handed its commits; retrying.")]
    private static partial void CouldNotFeed(ILogger logger, LogLevel level, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Commits after {Position} are no longer kept; all partitions read their rows again.")]
    private static partial void Dropped(ILogger logger, CommitPosition position);
}
