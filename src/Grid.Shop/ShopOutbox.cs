using Grid.Model.Time;

namespace Grid.Shop;

/// <summary>
/// The events that have happened and are not delivered yet. Like clients with at-least-once delivery, it delivers some events late and some twice. It
/// holds at most the events of <see cref="ShopLimits.DeliveryDelayMillisecondsMax"/> and the refunds of
/// <see cref="ShopLimits.RefundDelayDaysMax"/>.
/// </summary>
internal sealed class ShopOutbox(Chance chance)
{
    private const double LateShare = 0.03;
    private const double VeryLateShareOfLate = 0.2;
    private const double MinutesLateMean = 40;
    private const double VeryLateDaysMax = 3;
    private const double RedeliveredShare = 0.01;
    private const double RedeliveryMinutesMean = 30;

    private readonly PriorityQueue<ShopEvent, (long DeliveredAt, long Entry)> _waiting = new();
    private long _entries;

    public Instant Next => _waiting.TryPeek(out _, out var next) ? new Instant(next.DeliveredAt) : Instant.Never;

    /// <summary>Samples the delivery time of <paramref name="happened"/>.</summary>
    public void Add(in ShopEvent happened)
    {
        Deliver(happened, Delay());
        if (!chance.Happens(RedeliveredShare)) return;
        Deliver(happened, chance.Exponential(RedeliveryMinutesMean) * MillisecondsPer.Minute + Delay());
    }

    public ShopEvent Take() => _waiting.Dequeue();

    private void Deliver(in ShopEvent happened, double delayMilliseconds)
    {
        var delay = (long)Math.Min(delayMilliseconds, ShopLimits.DeliveryDelayMillisecondsMax);
        var deliveredAt = happened.OccurredAt.Plus(delay);
        _waiting.Enqueue(happened with { DeliveredAt = deliveredAt }, (deliveredAt.Milliseconds, _entries++));
    }

    private double Delay()
    {
        if (!chance.Happens(LateShare)) return 100 + 2_000 * chance.Uniform();
        return chance.Happens(VeryLateShareOfLate)
            ? chance.Uniform() * VeryLateDaysMax * MillisecondsPer.Day
            : chance.Exponential(MinutesLateMean) * MillisecondsPer.Minute;
    }
}
