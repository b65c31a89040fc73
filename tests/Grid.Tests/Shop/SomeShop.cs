using System.Text;
using System.Text.Json;
using Grid.Model.Time;
using Grid.Shop;

namespace Grid.Tests.Shop;

/// <summary>Shops and instants; a test names only the parts that matter to it.</summary>
internal static class SomeShop
{
    public static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));

    public static SimulatedShop Create(int seed = 7, int customers = 300, double arrivalsPerDay = 10, int pastDays = 28) => new(new ShopOptions
    {
        Seed = seed,
        StartAt = Start,
        InitialCustomers = customers,
        ArrivalsPerDay = arrivalsPerDay,
        PastDays = pastDays,
    });

    public static Instant Day(double days) => Start.Plus((long)(days * MillisecondsPer.Day));

    public static string Written(ShopEvent shopEvent)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) ShopEventWriter.Write(json, shopEvent);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static List<string> Lines(IEnumerable<ShopEvent> events) =>
        [.. events.Select(each => $"{each.DeliveredAt} {Written(each)}")];
}
