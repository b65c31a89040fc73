using Grid.Model.Facts;

namespace Grid.Tests.Model.Reference;

/// <summary>The metrics of the domain, each computed as its definition says.</summary>
internal static class ReferenceMetrics
{
    public const long Never = long.MaxValue;

    /// <summary>The number of a metric that needs no baseline.</summary>
    public static long Value(ReferenceCustomer customer, string? zone, string metric, IReadOnlyList<string> arguments, long now)
    {
        switch (metric)
        {
            case "orders" or "spend" or "refunds" or "aov" or "repurchases": return Money(customer, zone, metric, arguments, now);
            case "recency": return Age(customer.OrdersAt(now).LastOrDefault()?.At.Milliseconds, zone, now);
            case "recencyDays": return Age(customer.OrdersAt(now).LastOrDefault()?.At.Milliseconds, zone ?? "UTC", now);
            case "firstOrder": return Age(customer.OrdersAt(now).FirstOrDefault()?.At.Milliseconds, zone, now);
            case "joined": return Age(customer.JoinedAt <= now ? customer.JoinedAt : null, zone, now);
            case "lastActivity": return Age(LastActivity(customer, now), zone, now);
            case "medianOrderInterval": return MedianInterval(customer, now);
            case "growth": return customer.PointsEarned(now);
            case "points": return Math.Max(0, customer.PointsEarned(now) - customer.PointsRedeemed);
            case "community": return customer.Joins.Count > 0 ? 1 : 0;
            case "consent": return customer.Consents.TryGetValue(arguments[0], out var consent) && consent.Granted ? 1 : 0;
            default: return Activity(customer, zone, metric, arguments, now);
        }
    }

    private static long Money(ReferenceCustomer customer, string? zone, string metric, IReadOnlyList<string> arguments, long now)
    {
        var window = arguments.FirstOrDefault(argument => argument != "excludeRefunded") ?? "all";
        var orders = customer.OrdersAt(now).Where(order => ReferenceWindow.Contains(window, zone, order.At.Milliseconds, now)).ToList();
        var gross = orders.Sum(order => order.Amount);
        var refunded = customer.RefundsAt(now)
            .Where(entry => ReferenceWindow.Contains(window, zone, entry.Refund.At.Milliseconds, now))
            .Sum(entry => entry.Counted);
        long count = arguments.Contains("excludeRefunded") ? orders.Count(order => !customer.IsRefunded(order, now)) : orders.Count;
        return metric switch
        {
            "orders" => count,
            "repurchases" => count > 1 ? count - 1 : 0,
            "refunds" => refunded,
            "spend" => gross - refunded,
            _ => count == 0 ? 0 : (gross - refunded - (((gross - refunded) % count + count) % count)) / count,
        };
    }

    private static long Age(long? since, string? zone, long now)
    {
        if (since is null) return Never;
        return zone is null ? now - since.Value : ReferenceWindow.DayOf(now, zone) - ReferenceWindow.DayOf(since.Value, zone);
    }

    private static long? LastActivity(ReferenceCustomer customer, long now)
    {
        var quarters = customer.Interactions.Select(QuarterOf).Concat(customer.Browses.Select(QuarterOf)).Where(quarter => quarter <= now).ToList();
        return quarters.Count == 0 ? null : quarters.Max();
    }

    private static long MedianInterval(ReferenceCustomer customer, long now)
    {
        var instants = customer.OrdersAt(now).Select(order => order.At.Milliseconds).ToList();
        var intervals = instants.Zip(instants.Skip(1), (earlier, later) => later - earlier).Order().ToList();
        return intervals.Count == 0 ? Never : intervals[(intervals.Count - 1) / 2];
    }

    private static long Activity(ReferenceCustomer customer, string? zone, string metric, IReadOnlyList<string> arguments, long now)
    {
        var window = arguments.Count > 0 && ReferenceWindow.IsLength(arguments[^1]) ? arguments[^1] : null;
        var names = (window is null ? arguments : arguments.SkipLast(1)).ToList();
        if (metric == "referrals") names = ["referral"];
        bool Inside(Fact fact) => ReferenceWindow.Contains(window ?? "all", zone, QuarterOf(fact), now);
        bool Named(string name) => names.Count == 0 || names.Contains(name);
        switch (metric)
        {
            case "interactions" or "referrals":
                return customer.Interactions.Count(interacted => Inside(interacted) && Named(interacted.InteractionKind));
            case "purchases":
                return customer.OrdersAt(now)
                    .Count(order => ReferenceWindow.Contains(window ?? "all", zone, order.At.Milliseconds, now) && names.Contains(order.Category ?? ""));
            case "browse":
                return customer.Browses.Count(browsed => Inside(browsed) && Named(browsed.Category ?? ""));
            case "dwell":
                return customer.Browses.Where(browsed => Inside(browsed) && Named(browsed.Category ?? ""))
                    .Sum(browsed => browsed.DwellSeconds * 1000L);
            default:
                throw new ArgumentOutOfRangeException(nameof(metric), metric, "a metric the reference does not know");
        }
    }

    /// <summary>Birthdays up to today; those of February 29th fall on March 1st in a year without that day. Null when unknown.</summary>
    public static long? YearsOfAge(ReferenceCustomer customer, string zone, long now)
    {
        var today = ReferenceWindow.DateOf(now, zone);
        if (customer.BirthdayIn(zone) is not { } birthday)
        {
            var said = customer.Traits.TryGetValue("age", out var value) ? value.AsNumber() : null;
            return said >= 0 && said % 1 == 0 ? (long)said : null;
        }

        if (today < birthday) return null;
        return today.Year - birthday.Year - ((today.Month, today.Day).CompareTo((birthday.Month, birthday.Day)) < 0 ? 1 : 0);
    }

    /// <summary>Interactions and views are stored by the quarter of an hour.</summary>
    public static long QuarterOf(Fact fact) => (long)Math.Floor(fact.At.Milliseconds / 900_000m) * 900_000;
}
