using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Tests.Model.Histories;

/// <summary>Facts of one turn.</summary>
internal sealed record Delivery(Instant Now, IReadOnlyList<Fact> Facts);

/// <summary>A customer's life, generated from a seed: all kinds of facts, concentrated at the edges of windows and days.</summary>
internal sealed class History
{
    private static readonly string[] Kinds =
        ["comment-added", "post-published", "content-shared", "referral", "quote-sent", "product-introduced"];

    private static readonly string[] Cities = ["Berlin", "Paris", "london"];
    private static readonly long[] Steps = [1, 2, 3, 7, 9, 10, 30, 60, 90, 100, 200, 365];
    private static readonly Instant Start = new(1_735_689_600_000);
    private static readonly LocalDays[] Zones = [LocalDays.Utc, new("Europe/Berlin"), new("America/New_York")];

    private readonly Random _random;
    private readonly bool _redeems;
    private readonly List<Fact> _facts = [];

    /// <param name="redeems">Whether points are redeemed too; the outcome of a redemption depends on the earlier ones.</param>
    public History(int seed, int factsMax = 24, bool redeems = false)
    {
        (_random, _redeems) = (new Random(seed), redeems);
        var count = _random.Next(1, factsMax);
        for (var index = 0; index < count; index++) _facts.Add(Alone(Next(MessageKey.From($"message {seed} {index}"))));
    }

    public IReadOnlyList<Fact> Facts => _facts;

    /// <summary>Each fact at its own instant, in order.</summary>
    public List<Delivery> InTime() =>
        [.. _facts.GroupBy(fact => fact.At).OrderBy(group => group.Key).Select(group => new Delivery(group.Key, [.. group]))];

    /// <summary>Each fact up to a day early, in time or late, some twice or more, in batches of any order.</summary>
    /// <param name="latest">No fact is later than this.</param>
    public List<Delivery> Scattered(Random random, Instant latest)
    {
        var scattered = new List<(Instant Now, int Order, Fact Fact)>();
        foreach (var fact in _facts)
        {
            var copies = random.Next(4) == 0 ? random.Next(2, 4) : 1;
            for (; copies > 0; copies--) scattered.Add((Instant.Min(latest, Arrival(fact.At, random)), random.Next(), fact));
        }

        return [.. scattered.GroupBy(arrival => arrival.Now).OrderBy(group => group.Key)
            .Select(group => new Delivery(group.Key, [.. group.OrderBy(arrival => arrival.Order).Select(arrival => arrival.Fact)]))];
    }

    /// <summary>Each fact up to a day early or in time, so that none is late.</summary>
    public List<Delivery> Early(Random random) =>
        [.. _facts.Select(fact => (Now: random.Next(2) == 0 ? fact.At : fact.At.Plus(-random.NextInt64(MillisecondsPer.Day)), fact))
            .GroupBy(arrival => arrival.Now).OrderBy(group => group.Key)
            .Select(group => new Delivery(group.Key, [.. group.Select(arrival => arrival.fact)]))];

    private static Instant Arrival(Instant at, Random random) => random.Next(8) switch
    {
        0 => at.Plus(-random.NextInt64(MillisecondsPer.Day)),
        1 => at.Plus(random.NextInt64(100 * MillisecondsPer.Day)),
        2 => at.Plus(random.NextInt64(3 * MillisecondsPer.Hour)),
        3 => at.FloorToDay().Plus(2 * MillisecondsPer.Day),
        _ => at,
    };

    /// <summary>Which of two contradicting facts of one instant stands depends on their order of arrival, which the tests here vary.</summary>
    private Fact Alone(Fact fact)
    {
        while (fact.Kind is not FactKinds.Interactions && _facts.Exists(other => other.GetType() == fact.GetType() && other.At == fact.At))
            fact = fact with { At = fact.At.Plus(1) };
        return fact;
    }

    private Fact Next(MessageKey key)
    {
        var at = NextInstant();
        switch (_random.Next(20))
        {
            case < 7:
                var paid = _random.Next(8) == 0 ? 0 : _random.Next(1, 6) * 5_000L;
                return new OrderPaid(at, key, OrderId(), paid, Category(), Channel(), _random.Next(1, 4));
            case < 9:
                long? amount = _random.Next(2) == 0 ? null : _random.Next(0, 5) * 5_000L;
                return new OrderRefunded(at, key, OrderId(), amount, _random.Next(4));
            case 9: return new OrderCancelled(at, key, OrderId());
            case < 13: return new Interacted(at, key, Kinds[_random.Next(Kinds.Length)]);
            case < 15: return new Browsed(at, key, Category(), _random.Next(4) * 600);
            case 15: return new TraitsSet(at, key, [Trait(), new Trait("age", TraitValue.OfNumber(_random.Next(15, 43))), Birthday()]);
            case 16:
                var expires = _random.Next(2) == 0 ? Instant.Never : at.Plus(_random.Next(1, 40) * MillisecondsPer.Day);
                return new TagChanged(at, key, _random.Next(3) == 0 ? "risk" : "vip", _random.Next(3) > 0, expires);
            case 17: return new PlanPurchased(at, key, _random.Next(3) == 0 ? "silver" : "gold", at.Plus(_random.NextInt64(60 * MillisecondsPer.Day)));
            case 18 when _random.Next(2) == 0: return new CommunityJoined(at, key, _random.Next(2) == 0 ? "group" : "forum", Source());
            case 18: return new ConsentChanged(at, key, "marketing", _random.Next(2) == 0);
            default: return new PointsChanged(at, key, _redeems && _random.Next(2) == 0 ? -_random.Next(1, 400) : _random.Next(1, 300));
        }
    }

    private Trait Trait() => new("city", _random.Next(9) switch
    {
        0 => TraitValue.OfNumber(7),
        1 => TraitValue.OfText("07"),
        2 => TraitValue.OfTruth(_random.Next(2) == 0),
        3 => TraitValue.OfText("Yes"),
        4 => TraitValue.Removed,
        _ => TraitValue.OfText(Cities[_random.Next(Cities.Length)]),
    });

    /// <summary>Some are no dates; most birthdays fall into the year of the generated lives.</summary>
    private Trait Birthday()
    {
        var year = 2025 - _random.Next(14, 44);
        var text = _random.Next(10) switch
        {
            0 => "unknown",
            1 => $"{year - year % 4}-02-29",
            2 => $"{year}/{_random.Next(1, 13):00}/{_random.Next(1, 29):00}",
            3 => $"2025-{_random.Next(1, 13):00}-01",
            4 => $"{year}-{_random.Next(1, 13):00}-{_random.Next(1, 29):00}T{_random.Next(24):00}:00:00Z",
            5 => $"{year}-{_random.Next(1, 13):00}-{_random.Next(1, 29):00}T{_random.Next(2) * 23:00}:00:00+08:00",
            _ => $"{year}-{_random.Next(1, 13):00}-{_random.Next(1, 29):00}",
        };
        return new Trait("birthday", _random.Next(8) == 0 ? TraitValue.Removed : TraitValue.OfText(text));
    }

    private string? Category() => _random.Next(3) switch { 0 => "bags", 1 => "shoes", _ => null };

    private string? Channel() => _random.Next(5) switch { 0 => null, < 3 => "store", _ => "web" };

    private string? Source() => _random.Next(3) switch { 0 => "qr-code", 1 => "friend", _ => null };

    private string OrderId() => $"o{_random.Next(6)}";

    /// <summary>Often exactly a window's length after another fact, a millisecond earlier or later, or a local midnight.</summary>
    private Instant NextInstant()
    {
        var any = Start.Plus(_random.NextInt64(330 * MillisecondsPer.Day));
        if (_facts.Count == 0) return any;
        var other = _facts[_random.Next(_facts.Count)].At;
        var zone = Zones[_random.Next(Zones.Length)];
        return _random.Next(9) switch
        {
            0 => other,
            1 => other.Plus(Steps[_random.Next(7)] * MillisecondsPer.Day),
            2 => other.Plus(Steps[_random.Next(7)] * MillisecondsPer.Day - 1 + _random.Next(3)),
            3 => zone.StartOf(zone.DayOf(other) + _random.Next(40)),
            4 => zone.StartOf(zone.DayOf(other) + _random.Next(40)).Plus(-1),
            5 => other.FloorToHour().Plus(MillisecondsPer.Hour),
            6 => other.Plus(_random.NextInt64(2 * MillisecondsPer.Day)),
            7 => other.Plus(_random.NextInt64(MillisecondsPer.Minute)),
            _ => any,
        };
    }
}
