using Grid.Model.Facts;

namespace Grid.Tests.Model.Reference;

/// <summary>The favourite of a customer: by number of orders, then spend, then the last order, then the name.</summary>
internal static class ReferenceFavourites
{
    public static string? Find(ReferenceCustomer customer, string metric, string window, string? zone, long now)
    {
        string? NameOf(OrderPaid order) => metric switch
        {
            "favouriteCategory" => order.Category,
            "favouriteChannel" => order.Channel,
            _ => SeasonOf(ReferenceWindow.DateOf(order.At.Milliseconds, zone ?? "UTC").Month),
        };

        long RefundsOf(string name) => customer.RefundsAt(now)
            .Where(entry => ReferenceWindow.Contains(window, zone, entry.Refund.At.Milliseconds, now))
            .Where(entry => customer.Orders.Exists(order => order.OrderId == entry.Refund.OrderId && NameOf(order) == name))
            .Sum(entry => entry.Counted);

        return customer.OrdersAt(now)
            .Where(order => ReferenceWindow.Contains(window, zone, order.At.Milliseconds, now) && NameOf(order) is not null)
            .GroupBy(order => NameOf(order)!)
            .OrderByDescending(group => group.Count())
            .ThenByDescending(group => group.Sum(order => order.Amount) - RefundsOf(group.Key))
            .ThenByDescending(group => group.Max(order => order.At))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;
    }

    private static string SeasonOf(int month) => month switch
    {
        3 or 4 or 5 => "spring",
        6 or 7 or 8 => "summer",
        9 or 10 or 11 => "autumn",
        _ => "winter",
    };
}
