using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Simulation.Worlds;

/// <summary>Generates events of every kind, most at the present instant, some late, some a little early.</summary>
internal sealed class SomeFacts(World world)
{
    private static readonly string[] Cities = ["Berlin", "Paris", "London"];
    private int _messages;

    private Random Random => world.Random;

    public Fact Next(CustomerMemory customer, Instant now)
    {
        // Which of two facts of one instant stands depends on their arrival, which no client of the simulation knows.
        var at = At(now);
        while (!customer.Instants.Add(at)) at = at.Plus(1);
        var key = MessageKey.From($"message {++_messages}");
        switch (Random.Next(14))
        {
            case < 5:
                return new OrderPaid(at, key, $"{customer.Id.Value}-{++customer.Orders}", Random.Next(1, 20) * 1_000L, Category());
            case < 7:
                return new OrderRefunded(at, key, Order(customer), Random.Next(2) == 0 ? null : Random.Next(1, 10) * 1_000L);
            case 7:
                return new OrderCancelled(at, key, Order(customer));
            case < 10:
                return new Interacted(at, key, Random.Next(2) == 0 ? "comment-added" : "post-published");
            case 10:
                return new Browsed(at, key, Category(), Random.Next(4) * 60);
            case 11:
                return new TraitsSet(at, key, [new Trait("city", TraitValue.OfText(Cities[Random.Next(Cities.Length)]))]);
            case 12:
                var expires = Random.Next(2) == 0 ? Instant.Never : at.Plus(Random.Next(1, 20) * MillisecondsPer.Day);
                return new TagChanged(at, key, "vip", Random.Next(3) > 0, expires);
            default:
                return new PointsChanged(at, key, Random.Next(1, 100));
        }
    }

    private Instant At(Instant now) => Random.Next(10) switch
    {
        0 => now.Plus(-Random.NextInt64(60 * MillisecondsPer.Day)),
        1 => now.Plus(-Random.NextInt64(3 * MillisecondsPer.Hour)),
        2 => now.Plus(Random.NextInt64(3 * MillisecondsPer.Hour)),
        _ => now.Plus(-Random.NextInt64(5 * MillisecondsPer.Second)),
    };

    private string? Category() => Random.Next(3) switch { 0 => "bags", 1 => "shoes", _ => null };

    private string Order(CustomerMemory customer) => $"{customer.Id.Value}-{Random.Next(1, customer.Orders + 2)}";
}
