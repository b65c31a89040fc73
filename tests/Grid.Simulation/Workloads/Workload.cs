using Grid.Model.Time;

namespace Grid.Simulation.Workloads;

/// <summary>
/// Generates customers' events, the same for the same seed: orders, some reported twice with different contents, refunds of a part or of all, some
/// before their order, and interactions, spread over the last months.
/// </summary>
internal sealed class Workload(Random random, DateTimeOffset end, int customers)
{
    private const int DaysPast = 120;
    private static readonly string[] Interactions = ["Comment Added", "Moments Liked", "Chat Started", "Check-in"];
    private readonly Queue<Message> _next = new();
    private int _messages;

    /// <summary>All customers that messages may name.</summary>
    public IEnumerable<string> Customers => Enumerable.Range(0, customers).Select(Name);

    public Message Next()
    {
        while (_next.Count == 0) MakeUp();
        return _next.Dequeue();
    }

    private void MakeUp()
    {
        var customer = Name(random.Next(customers));
        if (random.Next(2) == 0) _next.Enqueue(new Interacted(NewId(), customer, Past(), Interactions[random.Next(Interactions.Length)]));
        else MakeUpOrder(customer);
    }

    private void MakeUpOrder(string customer)
    {
        var order = new Ordered(NewId(), customer, Past(), $"order-{_messages}", random.Next(1, 100_000));
        var story = new List<Message> { order };

        // Of two reports of one order the earlier one counts, whichever arrives first.
        if (random.Next(8) == 0) story.Add(order with { Id = NewId(), At = order.At.AddMinutes(1), Amount = order.Amount + 1 });
        if (random.Next(4) == 0) story.Add(new Refunded(NewId(), customer, order.At.AddHours(2), order.OrderId, Part(order.Amount)));
        foreach (var message in story.OrderBy(_ => random.Next())) _next.Enqueue(message);
    }

    private long? Part(long amount) => random.Next(2) == 0 ? null : random.NextInt64(1, amount + 1);

    /// <summary>Whole milliseconds, the precision of the wire and the grid.</summary>
    private DateTimeOffset Past() => DateTimeOffset.FromUnixTimeMilliseconds(
        end.ToUnixTimeMilliseconds() - random.NextInt64(4 * MillisecondsPer.Hour, DaysPast * MillisecondsPer.Day));

    private string NewId() => $"message-{++_messages}";

    private static string Name(int number) => $"customer-{number}";
}
