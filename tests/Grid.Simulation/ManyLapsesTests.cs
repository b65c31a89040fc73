using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Grid.Grains.Clocks;
using Grid.Grains.Partitions;
using Grid.Ledger;
using Grid.Model.Time;
using Grid.Simulation.Auditing;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>Very many customers whose time runs out at one instant.</summary>
public sealed class ManyLapsesTests(ITestOutputHelper output)
{
    private const int Customers = 100_000;
    private const int CallsBefore = 200;
    private const int CallsMeanwhileMin = 20;
    private static readonly DateTimeOffset Bought = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task AdvanceEveryoneWhileLiveEventsAreAnswered()
    {
        using var data = new DataFolder();
        var clock = new SimulatedClock(Bought);
        await using var grid = await SimulatedGrid.Start(data.Path, clock);
        await Import(grid.Http);
        var calls = new LiveCalls(grid.Http, clock);
        var before = new List<double>();
        while (before.Count < CallsBefore) before.Add(await calls.Send());
        var partitions = grid.Of<LocalPartitions>();
        var began = partitions.Woken;
        var all = began + Customers;

        clock.Advance(TimeSpan.FromDays(90));
        var sweep = Stopwatch.GetTimestamp();
        var meanwhile = new List<double>();
        for (var started = false; partitions.Woken < all;)
        {
            var took = await calls.Send();
            if (started && partitions.Woken < all) meanwhile.Add(took);
            started = partitions.Woken > began;
            Stopwatch.GetElapsedTime(sweep).ShouldBeLessThan(Patience.Max * 5, $"{partitions.Woken - began} of {Customers} advanced");
        }

        output.WriteLine($"{Customers} lapses in {Stopwatch.GetElapsedTime(sweep).TotalSeconds:0.0} s; "
            + $"live calls before: {Spread(before)}; meanwhile: {Spread(meanwhile)}");
        meanwhile.Count.ShouldBeGreaterThanOrEqualTo(CallsMeanwhileMin);
        (await Lapses(grid.Ledger, Instant.From(Bought.AddDays(90)))).ShouldBe(Customers);
        var report = await new ServerAudit(grid.Http).Recounts();
        report.Pending.ShouldBe(0);
        report.Customers.ShouldBe(Customers + calls.Answered);
    }

    private static async Task Import(HttpClient http)
    {
        var csv = new StringBuilder("customer_id,order_id,occurred_at,amount\n");
        for (var customer = 0; customer < Customers; customer++)
            csv.Append($"customer-{customer},order-{customer},2026-01-05T12:00:00Z,{customer + 1}\n");
        using var content = new StringContent(csv.ToString());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var answer = await http.PostAsync("/v1/import", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Customers who passed from new to lost because of time, all at this instant.</summary>
    private static async Task<int> Lapses(ILedger ledger, Instant at)
    {
        var lapsed = new HashSet<string>();
        for (var position = LogPosition.Start; ;)
        {
            var page = await ledger.Tail(position, 10_000, CancellationToken.None);
            if (page.Items.Count == 0) return lapsed.Count;
            foreach (var transition in page.Items.Select(item => item.Transition))
            {
                if (transition is not { Scheme: "lifecycle", To: "lost" }) continue;
                lapsed.Add(transition.Customer.Value).ShouldBeTrue($"{transition.Customer} lapsed twice");
                (transition.From, transition.EffectiveAt).ShouldBe(("new", at));
            }

            position = page.Next;
        }
    }

    private static string Spread(List<double> milliseconds)
    {
        if (milliseconds.Count == 0) return "none";
        milliseconds.Sort();
        return $"{milliseconds.Count} calls, p50 {milliseconds[milliseconds.Count / 2]:0.0} ms, "
            + $"p99 {milliseconds[milliseconds.Count * 99 / 100]:0.0} ms, longest {milliseconds[^1]:0.0} ms";
    }

    /// <summary>Single calls one after another, each of a customer of its own.</summary>
    private sealed class LiveCalls(HttpClient http, TimeProvider clock)
    {
        public int Answered { get; private set; }

        /// <returns>Milliseconds until it was answered.</returns>
        public async Task<double> Send()
        {
            var message = new Interacted($"live-{Answered}", $"live-customer-{Answered}", clock.GetUtcNow(), "Comment Added");
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync("/v1/track", new StringContent(message.ToJson(), Encoding.UTF8, "application/json"));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            Answered++;
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }
}
