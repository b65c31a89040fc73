using Grid.Model.Time;

namespace Grid.Shop;

/// <summary>
/// A simulated shop: a seeded source of customers' lives as events. Pure: instants in, events out. Customers join, visit, talk,
/// buy as <see cref="BuyingModel"/> says, return goods, lose interest and are lost.
/// </summary>
/// <remarks>
/// All events come from one random source in one order, so that they do not depend on how often or how far a caller reads. Two queues drive the shop:
/// the agenda of what customers will do, in even time, and the outbox of what they did. Not thread-safe.
/// </remarks>
internal sealed class SimulatedShop
{
    private const double FirstOrderDaysMean = 10;
    private const double RefundShare = 0.03;
    private const double RefundWithoutAmountShare = 0.25;
    private const double PartialRefundShare = 0.4;
    private const double CancelledShare = 0.005;
    private const double JoinsGroupShare = 0.7;
    private const double GroupMinutesMean = 20;
    private const double FavouriteShare = 0.6;
    private const double MorePiecesMean = 0.5;
    private const int MorePiecesMax = 9;
    private const double RefundDaysMin = 0.1;
    private const double WeekMilliseconds = 7.0 * MillisecondsPer.Day;

    private readonly ShopOptions _options;
    private readonly Chance _chance;
    private readonly ShopOutbox _outbox;
    private readonly ShopVisit _visit;
    private readonly PriorityQueue<Appointment, (double Even, long Entry)> _agenda = new();
    private readonly double _startEven;
    private long _entries;
    private int _customers;
    private Instant _nextOnAgenda;

    public SimulatedShop(ShopOptions options)
    {
        _options = options;
        _chance = new Chance(new Random(options.Seed));
        _outbox = new ShopOutbox(_chance);
        _visit = new ShopVisit(_chance, _outbox);
        _startEven = DayRhythm.EvenOf(options.StartAt);
        ScheduleArrival(DayRhythm.EvenOf(options.OpensAt));
        _nextOnAgenda = NextOnAgenda();
    }

    private enum Step : byte
    {
        Arrive,
        Visit,
        Order,
    }

    /// <summary>The number of customers who have joined so far.</summary>
    public int Customers => _customers;

    /// <summary>
    /// Everything delivered up to and including <paramref name="until"/> and not yielded before, in order of delivery. Sampled during reading:
    /// stopping early loses nothing, the next call continues there.
    /// </summary>
    public IEnumerable<ShopEvent> Until(Instant until)
    {
        while (Advance(until)) yield return _outbox.Take();
    }

    /// <summary>Advances past everything delivered up to and including <paramref name="until"/> without yielding it.</summary>
    /// <returns>The number of skipped events.</returns>
    public long SkipTo(Instant until)
    {
        var skipped = 0L;
        while (Advance(until))
        {
            _outbox.Take();
            skipped++;
        }

        return skipped;
    }

    /// <summary>Whether the outbox's first event is due and no later one can still come before it.</summary>
    private bool Advance(Instant until)
    {
        while (true)
        {
            var next = _outbox.Next;
            if (next < _nextOnAgenda) return next <= until;
            if (_nextOnAgenda > until) return false;
            _agenda.TryDequeue(out var appointment, out var at);
            Do(appointment, at.Even);
            _nextOnAgenda = NextOnAgenda();
        }
    }

    private Instant NextOnAgenda() => _agenda.TryPeek(out _, out var next) ? DayRhythm.ClockOf(next.Even) : Instant.Never;

    private void Do(Appointment appointment, double even)
    {
        switch (appointment.Step)
        {
            case Step.Arrive:
                Arrive(even);
                break;
            case Step.Visit:
                _visit.Happen(appointment.Customer!, DayRhythm.ClockOf(even));
                ScheduleVisit(appointment.Customer!, even);
                break;
            default:
                Order(appointment.Customer!, even);
                break;
        }
    }

    private void Arrive(double even)
    {
        var at = DayRhythm.ClockOf(even);
        var customer = new ShopCustomer(_options.Seed, ++_customers, even, _chance);
        _outbox.Add(new ShopEvent(ShopEventKind.Identified, customer, ++customer.Messages, at, at));
        if (_chance.Happens(JoinsGroupShare))
        {
            var joinedGroupAt = at.Plus((long)(_chance.Exponential(GroupMinutesMean) * MillisecondsPer.Minute));
            var source = _chance.Below(ShopCatalogue.Sources.Length);
            _outbox.Add(new ShopEvent(ShopEventKind.GroupJoined, customer, ++customer.Messages, joinedGroupAt, at, source));
        }

        ScheduleVisit(customer, even);
        if (customer.Buys) Schedule(Step.Order, customer, even + _chance.Exponential(FirstOrderDaysMean) * MillisecondsPer.Day);
        ScheduleArrival(even);
    }

    /// <summary>
    /// The initial customers are spread evenly over the past. Each arrival is sampled as the earliest of those still to come (order statistics of the
    /// uniform distribution), so that one agenda entry covers all of them; later arrivals are a Poisson process.
    /// </summary>
    private void ScheduleArrival(double even)
    {
        var left = _options.InitialCustomers - _customers;
        if (left > 0)
            Schedule(Step.Arrive, null, even + (_startEven - even) * (1 - Math.Pow(_chance.Uniform(), 1.0 / left)));
        else if (_options.ArrivalsPerDay > 0)
            Schedule(Step.Arrive, null, Math.Max(even, _startEven) + _chance.Exponential(MillisecondsPer.Day / _options.ArrivalsPerDay));
    }

    private void ScheduleVisit(ShopCustomer customer, double even) =>
        Schedule(Step.Visit, customer, even + _chance.Exponential(WeekMilliseconds / customer.VisitsPerWeekAt(even)));

    private void Order(ShopCustomer customer, double even)
    {
        var at = DayRhythm.ClockOf(even);
        var amount = BuyingModel.DrawAmount(_chance, customer.SpendRate);
        var category = _chance.Happens(FavouriteShare) ? customer.FavouriteCategory : _chance.Below(ShopCatalogue.Categories.Length);
        var order = ++customer.Orders;
        _outbox.Add(new ShopEvent(ShopEventKind.OrderCompleted, customer, ++customer.Messages, at, at, category, order, amount,
            1 + _chance.Geometric(MorePiecesMean, MorePiecesMax)));
        if (_chance.Happens(RefundShare)) Refund(customer, order, amount, at);
        else if (_chance.Happens(CancelledShare)) Cancel(customer, order, at);

        // As in BG/NBD, the first order only starts the process; every later one can be the last.
        if (order > 1 && _chance.Happens(customer.DropOut))
        {
            customer.InterestEndsEven = Math.Min(customer.InterestEndsEven, even);
            return;
        }

        var gapWeeks = _chance.Exponential(1 / customer.OrdersPerWeek);
        if (gapWeeks < ShopLimits.OrderGapWeeksMax) Schedule(Step.Order, customer, even + gapWeeks * WeekMilliseconds);
    }

    private void Refund(ShopCustomer customer, int order, long amount, Instant orderedAt)
    {
        var days = RefundDaysMin + _chance.Uniform() * (ShopLimits.RefundDelayDaysMax - RefundDaysMin);
        var at = orderedAt.Plus((long)(days * MillisecondsPer.Day));
        long? refunded = amount;
        if (_chance.Happens(RefundWithoutAmountShare)) refunded = null;
        else if (_chance.Happens(PartialRefundShare)) refunded = Math.Max(1, (long)(amount * (0.1 + 0.8 * _chance.Uniform())));
        _outbox.Add(new ShopEvent(ShopEventKind.OrderRefunded, customer, ++customer.Messages, at, at, 0, order, refunded));
    }

    private void Cancel(ShopCustomer customer, int order, Instant orderedAt)
    {
        var at = orderedAt.Plus((long)(_chance.Uniform() * MillisecondsPer.Day));
        _outbox.Add(new ShopEvent(ShopEventKind.OrderCancelled, customer, ++customer.Messages, at, at, 0, order));
    }

    private void Schedule(Step step, ShopCustomer? customer, double even) =>
        _agenda.Enqueue(new Appointment(step, customer), (even, _entries++));

    /// <summary>The customer is null only for arrivals: a customer is sampled after joining.</summary>
    private readonly record struct Appointment(Step Step, ShopCustomer? Customer);
}
