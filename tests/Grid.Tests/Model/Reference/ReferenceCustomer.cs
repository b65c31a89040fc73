using System.Globalization;
using Grid.Model.Facts;
using Grid.Model.Schemes.Definitions;
using NodaTime;
using NodaTime.Text;

namespace Grid.Tests.Model.Reference;

/// <summary>
/// A customer as a plain list of facts, evaluated literally by the definitions of the domain: every query reads all facts again. It shares no code
/// with the engine but the facts themselves.
/// </summary>
internal sealed class ReferenceCustomer
{
    private long? _asked;
    private List<OrderPaid> _orders = [];
    private List<(OrderRefunded Refund, long Counted)> _refunds = [];

    public ReferenceCustomer(IEnumerable<Fact> delivered)
    {
        var facts = delivered.ToList();
        Orders = [.. facts.OfType<OrderPaid>().GroupBy(order => order.OrderId).Select(Earliest).OrderBy(order => order.At)];
        Cancellations = facts.OfType<OrderCancelled>().GroupBy(cancelled => cancelled.OrderId).ToDictionary(group => group.Key, Earliest);
        Refunds = Settle([.. Once<OrderRefunded>(facts).OrderBy(refund => refund.At).ThenBy(refund => refund.Key.Value)]);
        Interactions = [.. Once<Interacted>(facts)];
        Browses = [.. Once<Browsed>(facts)];
        Tags = Latest(Once<TagChanged>(facts), changed => changed.Tag);
        Consents = Latest(Once<ConsentChanged>(facts), changed => changed.Purpose);
        Traits = Once<TraitsSet>(facts)
            .SelectMany(set => set.Traits.Select(trait => (set.At, Key: set.Key.Value, trait)))
            .GroupBy(entry => entry.trait.Name)
            .ToDictionary(group => group.Key, group => group.OrderBy(entry => entry.At).ThenBy(entry => entry.Key).Last().trait.Value)
            .Where(pair => pair.Value.Kind != TraitKind.Removed)
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        Plans = [.. Once<PlanPurchased>(facts)];
        Joins = [.. Once<CommunityJoined>(facts).OrderBy(join => join.At).ThenBy(join => join.Key.Value)];
        PointsGiven = Once<PointsChanged>(facts).Where(changed => changed.Points > 0).Sum(changed => changed.Points);
        PointsRedeemed = -Once<PointsChanged>(facts).Where(changed => changed.Points < 0).Sum(changed => changed.Points);
        JoinedAt = facts.Count == 0 ? null : facts.Min(fact => fact.At.Milliseconds);
    }

    public List<OrderPaid> Orders { get; }

    public Dictionary<string, OrderCancelled> Cancellations { get; }

    /// <summary>In the order of time, each with the amount that counts.</summary>
    public List<(OrderRefunded Refund, long Counted)> Refunds { get; }

    public List<Interacted> Interactions { get; }

    public List<Browsed> Browses { get; }

    public Dictionary<string, TagChanged> Tags { get; }

    public Dictionary<string, ConsentChanged> Consents { get; }

    public Dictionary<string, TraitValue> Traits { get; }

    /// <summary>Null when there is none, or none that is a date.</summary>
    public LocalDate? BirthdayIn(string zone)
    {
        if (!Traits.TryGetValue("birthday", out var value)) return null;
        if (LocalDatePattern.Iso.Parse(value.Text.Replace('/', '-')) is { Success: true } date) return date.Value;
        if (OffsetDateTimePattern.Rfc3339.Parse(value.Text) is not { Success: true } parsed) return null;
        var written = parsed.Value;
        return written.TimeOfDay == LocalTime.Midnight ? written.Date : written.ToInstant().InZone(DateTimeZoneProviders.Tzdb[zone]).Date;
    }

    public List<PlanPurchased> Plans { get; }

    public List<CommunityJoined> Joins { get; }

    /// <summary>Points given one by one, beside those that <see cref="PointRules"/> give.</summary>
    public long PointsGiven { get; }

    public long PointsRedeemed { get; }

    /// <summary>Null when points are only given one by one.</summary>
    public PointsDefinition? PointRules { get; init; }

    /// <summary>The id, by which other tools split ties.</summary>
    public string Id { get; init; } = "c";

    public long? JoinedAt { get; }

    public bool IsCancelled(string orderId, long now) =>
        Cancellations.TryGetValue(orderId, out var cancelled) && cancelled.At.Milliseconds <= now;

    /// <summary>Orders that have happened and are not cancelled, the oldest first.</summary>
    public List<OrderPaid> OrdersAt(long now)
    {
        if (_asked != now) Read(now);
        return _orders;
    }

    /// <summary>Whether refunds up to an instant have used up the whole amount of an order.</summary>
    public bool IsRefunded(OrderPaid order, long now)
    {
        var booked = Refunds.Where(entry => entry.Refund.OrderId == order.OrderId && entry.Refund.At.Milliseconds <= now).ToList();
        return booked.Count > 0 && booked.Sum(entry => entry.Counted) == order.Amount;
    }

    /// <summary>Booked refunds with the amounts that count; those of a cancelled order do not, as far as the order is known.</summary>
    public List<(OrderRefunded Refund, long Counted)> RefundsAt(long now)
    {
        if (_asked != now) Read(now);
        return _refunds;
    }

    /// <summary>Most queries at one instant start with these two lists.</summary>
    private void Read(long now)
    {
        _orders = [.. Orders.Where(order => order.At.Milliseconds <= now && !IsCancelled(order.OrderId, now))];
        _refunds = [.. Refunds.Where(entry => entry.Refund.At.Milliseconds <= now
            && !(Orders.Exists(order => order.OrderId == entry.Refund.OrderId) && IsCancelled(entry.Refund.OrderId, now)))];
        _asked = now;
    }

    /// <summary>All points ever earned: those given, those for each full amount of net spend, and those for each interaction of a kind.</summary>
    public long PointsEarned(long now)
    {
        var earned = PointsGiven;
        if (PointRules?.Orders is { } orders)
        {
            var spend = OrdersAt(now).Sum(order => order.Amount) - RefundsAt(now).Sum(entry => entry.Counted);
            earned += (long)Math.Floor(Math.Max(0, spend / 100m) / decimal.Parse(orders.Each, CultureInfo.InvariantCulture)) * orders.Points;
        }

        foreach (var (kind, points) in PointRules?.Interactions ?? [])
            earned += points * Interactions.Count(interacted => interacted.InteractionKind == kind && ReferenceMetrics.QuarterOf(interacted) <= now);
        return earned;
    }

    private List<(OrderRefunded Refund, long Counted)> Settle(List<OrderRefunded> refunds)
    {
        var settled = new List<(OrderRefunded Refund, long Counted)>();
        foreach (var refund in refunds)
        {
            var order = Orders.Find(candidate => candidate.OrderId == refund.OrderId);
            if (order is null)
            {
                settled.Add((refund, refund.Amount ?? 0));
                continue;
            }

            var isPart = refund.Pieces > 0 && refund.Pieces < order.Quantity;
            if (isPart && refund.Amount is null) continue;
            var left = order.Amount - settled.Where(entry => entry.Refund.OrderId == refund.OrderId).Sum(entry => entry.Counted);
            var wanted = isPart || refund.Pieces == 0 ? refund.Amount ?? left : left;
            settled.Add((refund, Math.Min(wanted, left)));
        }

        return settled;
    }

    private static IEnumerable<T> Once<T>(IEnumerable<Fact> facts)
        where T : Fact => facts.OfType<T>().DistinctBy(fact => fact.Key);

    private static T Earliest<T>(IEnumerable<T> facts)
        where T : Fact => facts.OrderBy(fact => fact.At).ThenBy(fact => fact.Key.Value).First();

    private static Dictionary<string, T> Latest<T>(IEnumerable<T> facts, Func<T, string> name)
        where T : Fact =>
        facts.GroupBy(name).ToDictionary(group => group.Key, group => group.OrderBy(fact => fact.At).ThenBy(fact => fact.Key.Value).Last());
}
