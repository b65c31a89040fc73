using System.Runtime.InteropServices;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>The property of orders by which the favourite is found.</summary>
public enum FavouriteOf
{
    Category,
    Channel,

    /// <summary>spring is March to May by the local date of the order, summer June to August, autumn September to November.</summary>
    Season,
}

/// <summary>
/// The category, channel or season of most orders inside a window. A tie goes to the greater spend (refunds booked in the window subtracted), then to
/// the later last order, then to the first name. Counts only orders kept in detail.
/// </summary>
public static class Favourites
{
    /// <summary>The four seasons, as quarters of a year that begins with March.</summary>
    public static readonly IReadOnlyList<string> Seasons = ["spring", "summer", "autumn", "winter"];

    private const int DayOf1970 = 719_162;

    // One list per thread, reused, so that a reading allocates nothing.
    [ThreadStatic] private static List<Tally>? _tallies;

    /// <summary>The favourite; null when no order inside the window has one.</summary>
    /// <param name="days">Whose local dates tell the season.</param>
    public static string? Favourite(this OrderBook book, FavouriteOf what, Window window, LocalDays days, Instant now)
    {
        var tallies = Tallied(book, what, window, days, now);
        if (tallies.Count == 0) return null;
        if (tallies.Count > 1) SubtractRefunds(tallies, book, what, window.Start(now), days, now);
        var best = tallies[0];
        for (var index = 1; index < tallies.Count; index++)
            if (tallies[index].IsBefore(best))
                best = tallies[index];
        return best.Name;
    }

    /// <summary>
    /// An instant after <paramref name="now"/> before which the favourite does not change. Once the last known fact lies in the past, orders only
    /// leave the window: a favourite that leads by n orders leads until n of its own orders have left.
    /// </summary>
    public static Instant FavouriteStays(this OrderBook book, FavouriteOf what, Window window, LocalDays days, Instant now)
    {
        if (book.QuietFrom > now) return book.NextChange(window, now);
        var tallies = Tallied(book, what, window, days, now);
        if (window.IsAll || tallies.Count == 0) return Instant.Never;
        if (tallies.Count == 1) return window.Leaves(tallies[0].LastAt);
        var best = tallies[0];
        long second = 0;
        for (var index = 1; index < tallies.Count; index++)
        {
            second = Math.Max(second, Math.Min(best.Orders, tallies[index].Orders));
            if (tallies[index].Orders > best.Orders) best = tallies[index];
        }

        var lead = best.Orders - second;
        if (lead == 0) return book.NextChange(window, now);
        var start = window.Start(now);
        foreach (ref readonly var order in book.Orders)
            if (order.At >= start && order.CountsAt(now) && NameOf(order, what, days) == best.Name && --lead == 0)
                return window.Leaves(order.At);
        throw new InvalidOperationException("The favourite leads by more orders than it has.");
    }

    /// <summary>
    /// An instant before which "the favourite is one of <paramref name="names"/>" does not change, where that is cheap to compute; else null. Once
    /// the last known fact lies in the past, orders only leave the window. When no order in the window has one of the names, the favourite never
    /// will. When all orders have, it holds until the last one has left.
    /// </summary>
    public static Instant? FavouriteSurelyStays(
        this OrderBook book, IReadOnlyList<string> names, FavouriteOf what, Window window, LocalDays days, Instant now)
    {
        if (book.QuietFrom > now) return null;
        var tallies = Tallied(book, what, window, days, now);
        if (tallies.Count == 0) return Instant.Never;
        var among = names.Contains(tallies[0].Name);
        for (var index = 1; index < tallies.Count; index++)
            if (names.Contains(tallies[index].Name) != among)
                return null;
        return among ? window.Leaves(tallies[0].LastAt) : Instant.Never;
    }

    private static List<Tally> Tallied(OrderBook book, FavouriteOf what, Window window, LocalDays days, Instant now)
    {
        var tallies = _tallies ??= [];
        tallies.Clear();
        var start = window.Start(now);
        var orders = book.Orders;
        for (var index = orders.Length - 1; index >= 0 && orders[index].At >= start; index--)
            if (orders[index].CountsAt(now) && NameOf(orders[index], what, days) is { } name)
                Add(tallies, name, orders[index].Amount, orders[index].At);
        return tallies;
    }

    private static string? NameOf(in Order order, FavouriteOf what, LocalDays days) => what switch
    {
        FavouriteOf.Category => order.Category,
        FavouriteOf.Channel => order.Channel,
        _ => SeasonOf(order.At, days),
    };

    /// <param name="days">Whose local dates tell the season.</param>
    public static string SeasonOf(Instant at, LocalDays days) => Seasons[(DateOnly.FromDayNumber(DayOf1970 + days.DayOf(at)).Month + 9) % 12 / 3];

    /// <summary>Orders come latest first, so the first order found for a name is its last one.</summary>
    private static void Add(List<Tally> tallies, string name, long amount, Instant at)
    {
        foreach (ref var tally in CollectionsMarshal.AsSpan(tallies))
        {
            if (tally.Name != name) continue;
            tally.Orders++;
            tally.Spend += amount;
            return;
        }

        tallies.Add(new Tally { Name = name, Orders = 1, Spend = amount, LastAt = at });
    }

    private static void SubtractRefunds(List<Tally> tallies, OrderBook book, FavouriteOf what, Instant start, LocalDays days, Instant now)
    {
        var refunds = book.Refunds;
        for (var index = refunds.Length - 1; index >= 0 && refunds[index].At >= start; index--)
        {
            ref readonly var refund = ref refunds[index];
            if (refund.IsFolded || !refund.CountsAt(now) || refund.Counted == 0) continue;
            foreach (ref readonly var order in book.Orders)
                if (order.Id.Equals(refund.OrderId) && NameOf(order, what, days) is { } name)
                    Subtract(tallies, name, refund.Counted);
        }
    }

    private static void Subtract(List<Tally> tallies, string name, long amount)
    {
        foreach (ref var tally in CollectionsMarshal.AsSpan(tallies))
            if (tally.Name == name)
                tally.Spend -= amount;
    }

    private struct Tally
    {
        public required string Name { get; init; }
        public required Instant LastAt { get; init; }
        public long Orders { get; set; }
        public long Spend { get; set; }

        public readonly bool IsBefore(in Tally other)
        {
            if (Orders != other.Orders) return Orders > other.Orders;
            if (Spend != other.Spend) return Spend > other.Spend;
            return LastAt != other.LastAt ? LastAt > other.LastAt : string.CompareOrdinal(Name, other.Name) < 0;
        }
    }
}
