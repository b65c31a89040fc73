using System.Diagnostics;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;

namespace Grid.Load.Turns;

/// <summary>
/// Measures the processor time of one decision for a customer with ten orders, without grain, ledger and network: decode, apply, decide, encode.
/// </summary>
internal static class TurnCost
{
    private const int Customers = 20_000;
    private const int OrdersEach = 10;
    internal static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public static int Measure(int seconds)
    {
        var rules = RulesInForce();
        var random = new Random(3);
        var states = new byte[Customers][];
        for (var customer = 0; customer < Customers; customer++) states[customer] = Filled(customer, random, rules).State;
        Console.WriteLine($"{Customers:N0} customers with {OrdersEach} orders, {rules.Rulebook.Schemes.Count} schemes, "
            + $"{rules.Rulebook.Measures.Count} measures, {states.Average(state => state.Length):N0} bytes each");
        var kinds = new (string Name, Func<int, Instant, Fact> Fact)[]
        {
            ("order", (number, at) => new OrderPaid(at, KeyOf(number), $"o-{number}", 9_900, "tea", "web", 1)),
            ("interaction", (number, at) => new Interacted(at, KeyOf(number), "comment")),
            ("view", (number, at) => new Browsed(at, KeyOf(number), "tea", 12)),
        };
        foreach (var (name, fact) in kinds) Turns(name, fact, states, rules, seconds);
        foreach (var (name, moved) in MovingTurns.After(rules)) Turns(name, kinds[0].Fact, states, moved, seconds);
        return 0;
    }

    /// <summary>The new state is dropped, so that every turn finds the same customer.</summary>
    private static void Turns(string name, Func<int, Instant, Fact> fact, byte[][] states, Rules rules, int seconds)
    {
        const int slice = 5_000;
        var random = new Random(4);
        var best = double.MaxValue;
        var allocated = 0L;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds;)
        {
            var (cpu, before) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            for (var number = 0; number < slice; number++)
            {
                var customer = random.Next(Customers);
                var now = Start.Plus(number);
                CustomerDecider.Decide(IdOf(customer), states[customer], [fact(number, now)], now, rules);
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / slice);
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / slice;
        }

        Console.WriteLine($"{name,-32} {best,6:N2} µs of processor at best, {allocated,6:N0} bytes allocated a turn");
    }

    /// <summary>The first change of a customer with a year behind it.</summary>
    internal static CustomerChange Filled(int customer, Random random, Rules rules)
    {
        var facts = new List<Fact>();
        for (var order = 0; order < OrdersEach; order++)
        {
            var at = Start.Plus(-random.NextInt64(MillisecondsPer.Hour, 365 * MillisecondsPer.Day));
            facts.Add(new OrderPaid(at, KeyOf(random.Next()), $"f-{customer}-{order}", random.Next(100, 99_999), "tea", "web", 1));
        }

        for (var visit = 0; visit < 6; visit++)
        {
            var at = Start.Plus(-random.NextInt64(MillisecondsPer.Hour, 60 * MillisecondsPer.Day));
            facts.Add(new Interacted(at, KeyOf(random.Next()), visit % 2 == 0 ? "comment" : "like"));
        }

        return CustomerDecider.Decide(IdOf(customer), null, facts, Start, rules).Change!;
    }

    /// <summary>The shipped schemes with cut-offs derived from these customers, as in a running grid.</summary>
    internal static Rules RulesInForce()
    {
        var content = RulebookCompiler.Compile(SchemeFolder.Read(ShippedSchemes.Files()), Currency.Cny).Content!;
        var rulebook = new Rulebook(1, Start.Plus(-365 * MillisecondsPer.Day), content);
        var before = new Rules(rulebook, Baseline.None);
        var random = new Random(3);
        var customers = Enumerable.Range(0, 5_000).Select(customer => Filled(customer, random, before).State);
        var measures = customers.Select(state => CustomerHeader.Read(state).Measures).ToArray();
        var cuts = rulebook.Measures.Select((measure, slot) =>
        {
            var values = measures.Select(customer => customer[slot]).Where(value => value != Model.Baselines.Measure.Absent).ToArray();
            return Ranking.Compute(measure, values, [], rulebook.TopsOf(measure), Start.Plus(-MillisecondsPer.Day));
        });
        return new Rules(rulebook, new Baseline(1, Start.Plus(-MillisecondsPer.Day), [.. cuts]));
    }

    private static CustomerId IdOf(int customer) => new($"user-{customer:D8}");

    private static MessageKey KeyOf(int number) => new((ulong)number * 7919);
}
