using Grid.Model.Time;

namespace Grid.Delivery;

public sealed partial class EndpointQueue
{
    /// <summary>
    /// Sends until it is stopped or the endpoint is disabled. When it returns, nothing is under way: requests that a stop interrupted have no outcome and are
    /// repeated, under the same id, by the next queue.
    /// </summary>
    /// <exception cref="Exception">The journal failed: start again from the outbox.</exception>
    public async Task<QueueEnd> Run(CancellationToken stop)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var timer = clock.CreateTimer(_ => Signal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var end = await Send(timer, interrupt.Token);
        if (end is null) await interrupt.CancelAsync();
        while (UnderWay() > 0) await _changes.Reader.ReadAsync(CancellationToken.None);
        return _failure is { } failure ? throw new InvalidOperationException("An outcome could not be recorded", failure) : end ?? QueueEnd.Stopped;
    }

    /// <summary>Null when it is interrupted.</summary>
    private async Task<QueueEnd?> Send(ITimer timer, CancellationToken interrupt)
    {
        var due = new List<(CustomerLane Lane, QueuedDelivery Delivery)>();
        while (!interrupt.IsCancellationRequested)
        {
            lock (_gate)
            {
                if (_failure is not null) return null;
                if (_health.CircuitAt(Now()) == Circuit.Disabled) return QueueEnd.Disabled;
                timer.Change(TakeDue(due), Timeout.InfiniteTimeSpan);
            }

            foreach (var (lane, delivery) in due) _ = Task.Run(() => Deliver(lane, delivery, interrupt), CancellationToken.None);
            due.Clear();
            try
            {
                await _changes.Reader.ReadAsync(interrupt);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        return null;
    }

    private int UnderWay()
    {
        lock (_gate) return _sending + _recording;
    }

    /// <summary>Takes all that may be sent, and returns how long until more may be; infinite when only a change can bring more.</summary>
    private TimeSpan TakeDue(List<(CustomerLane Lane, QueuedDelivery Delivery)> due)
    {
        var now = Now();
        while (_ready.TryPeek(out var lane, out _))
        {
            if (_sending >= _health.ConcurrencyAt(now, concurrency))
                return _health.PausedUntil is { } until && until > now ? Until(until, now) : Timeout.InfiniteTimeSpan;
            if (_sending + _recording >= concurrency + DeliveryLimits.QueueRecordsMax) return Timeout.InfiniteTimeSpan;
            if (lane.DueAt > now) return Until(lane.DueAt, now);
            if (!_rate.TryStart(out var wait)) return AtLeastOneMillisecond(wait);
            _ready.Dequeue();
            _sending++;
            due.Add((lane, lane.Waiting.Peek()));
        }

        return Timeout.InfiniteTimeSpan;
    }

    private async Task Deliver(CustomerLane lane, QueuedDelivery delivery, CancellationToken interrupt)
    {
        var startedAt = Now();
        DeliveryOutcome outcome;
        try
        {
            outcome = await Attempt(delivery.Message, interrupt);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                _sending--;
                MakeReady(lane);
            }

            Signal();
            return;
        }

        var endedAt = Now();
        lock (_gate)
        {
            // The endpoint is free from here on: how long a record takes must not bound how much is sent to it.
            _sending--;
            _recording++;
            _health = _health.After(outcome, endedAt);
        }

        Signal();
        await Record(lane, delivery, startedAt, endedAt, outcome);
    }

    private async Task Record(CustomerLane lane, QueuedDelivery delivery, Instant startedAt, Instant endedAt, DeliveryOutcome outcome)
    {
        try
        {
            var attempt = delivery.Attempts + 1;
            var next = RetrySchedule.After(attempt, delivery.Message.Id, outcome, endedAt);
            await journal.Record(new DeliveryAttempt(delivery.Message, attempt, startedAt, endedAt, outcome, next));
            lock (_gate) Advance(lane, delivery, next);
        }
        catch (Exception failure)
        {
            lock (_gate) _failure ??= failure;
        }
        finally
        {
            lock (_gate) _recording--;
            Signal();
        }
    }

    /// <summary>A channel that throws is a bug; it costs an attempt, not the queue.</summary>
    private async Task<DeliveryOutcome> Attempt(DeliveryMessage message, CancellationToken interrupt)
    {
        try
        {
            return await channel.Send(message, interrupt);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !interrupt.IsCancellationRequested)
        {
            return new Failed($"the channel failed with {failure.GetType().Name}: {failure.Message}");
        }
    }

    private void Advance(CustomerLane lane, QueuedDelivery delivery, NextStep next)
    {
        var message = delivery.Message;
        if (next is Retry retry)
        {
            if (retry.At > Now().Plus(DeliveryLimits.QueueWaitSecondsMax * MillisecondsPer.Second)) LeaveToOutbox(lane, message.Id);
            else Replace(lane, delivery with { Attempts = delivery.Attempts + 1, DueAt = retry.At });
            return;
        }

        lane.Waiting.Dequeue();
        GiveUp(message.Id);
        if (lane.Waiting.Count > 0) MakeReady(lane);
        else _lanes.Remove(message.OrderKey);
    }

    private void Replace(CustomerLane lane, QueuedDelivery first)
    {
        lane.Waiting.Dequeue();
        var rest = lane.Waiting.ToArray();
        lane.Waiting.Clear();
        lane.Waiting.Enqueue(first);
        foreach (var delivery in rest) lane.Waiting.Enqueue(delivery);
        MakeReady(lane);
    }

    private void LeaveToOutbox(CustomerLane lane, string awaited)
    {
        foreach (var delivery in lane.Waiting) GiveUp(delivery.Message.Id);
        lane.Waiting.Clear();
        lane.AwaitedId = awaited;
    }

    private static TimeSpan Until(Instant until, Instant now) =>
        AtLeastOneMillisecond(TimeSpan.FromMilliseconds(Math.Min(until.Milliseconds - now.Milliseconds, MillisecondsPer.Day)));

    /// <summary>Timers count whole milliseconds: less would be none, and the queue would spin.</summary>
    private static TimeSpan AtLeastOneMillisecond(TimeSpan wait) => wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
}
