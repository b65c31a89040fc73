using Grid.Model.Baselines;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Tests.Explaining;

/// <summary>Customers of a seed, with orders, refunds, interactions, browses, tags and plans over 200 days.</summary>
internal static class Population
{
    public static List<Asked> Create(int seed, int count)
    {
        var random = new Random(seed);
        var rules = Asked.Shipped();
        var population = Enumerable.Range(0, count).Select(_ => Someone(random, rules)).ToList();
        var baseline = BaselineOf(rules.Rulebook, population);
        foreach (var one in population)
        {
            one.Rules = rules with { Baseline = baseline };
            one.Turned([]);
        }

        return population;
    }

    private static Asked Someone(Random random, Grid.Model.Evaluation.Rules rules)
    {
        var one = new Asked(rules);
        var days = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.NextDouble() * 200).Order().ToList();
        foreach (var day in days)
        {
            switch (random.Next(6))
            {
                case 0: one.Took(day, (at, key) => new Interacted(at, key, random.Next(2) == 0 ? "comment-added" : "quote-sent")); break;
                case 1: one.Took(day, (at, key) => new Browsed(at, key, "shoes", 30)); break;
                case 2: one.Took(day, (at, key) => new TagChanged(at, key, "vip", true, at.Plus(30 * MillisecondsPer.Day))); break;
                case 3: one.Took(day, (at, key) => new OrderRefunded(at, key, "o0", null)); break;
                default: one.Ordered(day, random.Next(1, 100_000)); break;
            }
        }

        return one.Waited(200);
    }

    public static Baseline BaselineOf(Rulebook rulebook, IReadOnlyList<Asked> population)
    {
        var customers = population.Select(one => one.Opened()).ToList();
        var cuts = rulebook.Measures.Select(measure =>
        {
            var values = customers.Select(customer => measure.Value(customer, Asked.Day(200)))
                .Where(value => value != Measure.Absent).ToArray();
            return Ranking.Compute(measure, values, [], rulebook.TopsOf(measure), Asked.Day(200));
        });
        return new Baseline(1, Asked.Day(200), [.. cuts]);
    }
}
