using System.Text.Json;
using Grid.Grains.Clocks;
using Grid.Simulation.Auditing;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>The same events in other orders, batches and repetitions, and at other times, each to a fresh server.</summary>
public sealed class InterleavingsTests
{
    private const int Customers = 25;
    private const int Messages = 600;
    private const int BatchMax = 80;
    private const int Days = 125;
    private static readonly DateTimeOffset End = new(2026, 5, 4, 9, 30, 0, 250, TimeSpan.Zero);
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task EndInTheSameCustomers(int seed)
    {
        var random = new Random(seed);
        var workload = new Workload(random, End, Customers);
        var messages = Enumerable.Range(0, Messages).Select(_ => workload.Next())
            .SelectMany((message, index) => WithMore(message, index, random)).OrderBy(message => message.At).ToList();

        var ordered = await Live(workload, grid => InBatches(grid, messages, random));
        var shuffled = await Live(workload, grid => InBatches(grid, Repeated([.. messages.OrderBy(_ => random.Next())], random), random));
        var lived = await Live(workload, (grid, clock) => AsTimePasses(grid, clock, messages, random), End.AddDays(-Days));

        foreach (var customer in workload.Customers)
        {
            shuffled[customer].ShouldBe(ordered[customer], $"{customer} of seed {seed}, shuffled");
            lived[customer].ShouldBe(ordered[customer], $"{customer} of seed {seed}, as time passed");
        }
    }

    /// <summary>Kinds of events that the workload does not generate.</summary>
    private static IEnumerable<Message> WithMore(Message message, int index, Random random)
    {
        yield return message;
        var at = message.At.AddSeconds(random.Next(1, 600));
        switch (random.Next(8))
        {
            case 0:
                yield return new Viewed($"more-{index}", message.Customer, at, random.Next(2) == 0 ? "tea" : "cups");
                break;
            case 1:
                yield return new Tagged($"more-{index}", message.Customer, at, $"tag-{random.Next(3)}", random.Next(3) > 0);
                break;
            case 2 when message is Ordered order:
                yield return new Cancelled($"more-{index}", order.Customer, at, order.OrderId);
                break;
        }
    }

    private static Task<Dictionary<string, string>> Live(Workload workload, Func<SimulatedGrid, Task> send) =>
        Live(workload, (grid, _) => send(grid), End);

    /// <returns>The view of every customer at the end, without the parts that depend on the order of events.</returns>
    private static async Task<Dictionary<string, string>> Live(
        Workload workload, Func<SimulatedGrid, SimulatedClock, Task> send, DateTimeOffset begin)
    {
        using var data = new DataFolder();
        var clock = new SimulatedClock(begin);
        await using var grid = await SimulatedGrid.Start(data.Path, clock, ExactSchemes.Write(data.Path));
        await send(grid, clock);
        clock.AdvanceTo(End);
        await grid.PublishBaseline();
        var audit = new ServerAudit(grid.Http);
        await audit.Recounts();
        var views = new Dictionary<string, string>();
        foreach (var customer in workload.Customers)
        {
            var view = JsonSerializer.SerializeToNode(await audit.View(customer), Web)!.AsObject();
            view.Remove("version");
            foreach (var layer in view["layers"]!.AsArray())
                foreach (var history in new[] { "since", "from", "cause" })
                    layer!.AsObject().Remove(history);
            views.Add(customer, view.ToJsonString());
        }

        return views;
    }

    private static async Task InBatches(SimulatedGrid grid, List<Message> messages, Random random)
    {
        for (var from = 0; from < messages.Count;)
        {
            var count = Math.Min(random.Next(1, BatchMax), messages.Count - from);
            await grid.Send([.. messages.Skip(from).Take(count)]);
            from += count;
        }
    }

    /// <summary>Events arrive on the days they happen, some of them days late, some twice, while the clock goes on between.</summary>
    private static async Task AsTimePasses(SimulatedGrid grid, SimulatedClock clock, List<Message> messages, Random random)
    {
        var arrivals = Repeated(messages, random)
            .Select(message => (Message: message, At: random.Next(5) == 0 ? message.At.AddDays(random.Next(1, 40)) : message.At))
            .GroupBy(arrival => arrival.At.Date).OrderBy(day => day.Key).ToList();
        foreach (var day in arrivals)
        {
            var evening = new DateTimeOffset(day.Key.AddDays(1), TimeSpan.Zero);
            if (evening < End) clock.AdvanceTo(evening);
            await grid.Send([.. day.Select(arrival => arrival.Message)]);
            if (random.Next(20) == 0) await grid.PublishBaseline();
        }
    }

    private static List<Message> Repeated(List<Message> messages, Random random)
    {
        var sent = new List<Message>(messages);
        for (var repetitions = messages.Count / 5; repetitions > 0; repetitions--)
            sent.Insert(random.Next(sent.Count), messages[random.Next(messages.Count)]);
        return sent;
    }
}
