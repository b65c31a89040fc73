using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Linting;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Linting;

/// <summary>The linter's messages on random schemes, compared with customers that the engine evaluates.</summary>
public sealed class RandomSchemesTests(ITestOutputHelper output)
{
    private const int SchemesCount = 600;
    private const int CustomersCount = 200;

    private static readonly Instant Middle = new(1_751_328_000_000);

    [Fact]
    public void NeverDecideByARuleThatIsCalledUnreachable()
    {
        var lives = Enumerable.Range(1, CustomersCount).Select(Life).ToList();
        var (rules, unreachable, idle) = (0, 0, 0);
        for (var seed = 0; seed < SchemesCount; seed++)
        {
            var scheme = RandomRules.Scheme(seed);
            var linter = new Linter(scheme, Currency.Cny);
            var called = Enumerable.Range(0, scheme.Rules.Count).Where(linter.IsUnreachable).ToHashSet();
            var decided = new HashSet<int>();
            foreach (var baseline in new[] { Baseline.None, BaselineOf(scheme, lives) })
            {
                foreach (var (customer, now) in lives)
                {
                    var rule = FirstThatHolds(scheme, customer, now, baseline);
                    called.ShouldNotContain(rule, $"seed {seed}, rule {rule} decides");
                    decided.Add(rule);
                }
            }

            rules += scheme.Rules.Count;
            unreachable += called.Count;
            idle += scheme.Rules.Count - called.Count - decided.Count(rule => rule < scheme.Rules.Count);
        }

        output.WriteLine($"{rules} rules, {unreachable} of them called unreachable, {idle} others decided for nobody");
        unreachable.ShouldBeGreaterThan(rules / 20);
    }

    [Fact]
    public void DecideTheirWitnessesByTheRuleTheyWitness()
    {
        var (witnesses, made) = (0, 0);
        for (var seed = 0; seed < SchemesCount; seed++)
        {
            var scheme = RandomRules.SimpleScheme(seed);
            var linter = new Linter(scheme, Currency.Cny);
            for (var rule = 0; rule < scheme.Rules.Count; rule++)
            {
                if (linter.Witness(rule) is not { } witness) continue;
                witnesses++;
                var words = witness.Select(metric => metric.Reading.Say(metric.Value).En).Distinct().ToList();
                if (MadeCustomer.Parse(words, scheme, Middle) is not { } customer) continue;
                made++;
                FirstThatHolds(scheme, customer, Middle, Baseline.None).ShouldBe(rule, $"seed {seed}: {string.Join(", ", words)}");
            }
        }

        output.WriteLine($"{witnesses} witnesses, {made} of them made of facts");
        made.ShouldBeGreaterThan(witnesses * 7 / 10);
    }

    [Fact]
    public void DecideTheCustomersOfTheirMessagesAsTheySay()
    {
        var (examples, made) = (0, 0);
        for (var seed = 0; seed < SchemesCount; seed++)
        {
            var scheme = RandomRules.SimpleScheme(seed);
            foreach (var fault in new Linter(scheme, Currency.Cny).Check().Faults)
            {
                if (PrintedExample.Parse(fault) is not { } example) continue;
                examples++;
                if (MadeCustomer.Parse(example.Words, scheme, Middle) is not { } customer) continue;
                made++;
                var rule = FirstThatHolds(scheme, customer, Middle, Baseline.None);
                int? line = rule < scheme.Rules.Count ? scheme.Definition.Rules[rule].Place.Line : null;
                line.ShouldBe(example.Line, $"seed {seed}: {fault}");
            }
        }

        output.WriteLine($"{examples} examples, {made} of them made of facts");
        examples.ShouldBeGreaterThan(SchemesCount / 4);
        made.ShouldBeGreaterThan(examples * 7 / 10);
    }

    /// <summary>The index after the last rule when none holds, as in schemes without a last rule.</summary>
    private static int FirstThatHolds(Scheme scheme, Customer customer, Instant now, Baseline baseline)
    {
        for (var index = 0; index < scheme.Rules.Count; index++)
            if (scheme.Rules[index].When?.Holds(customer, now, baseline) != false)
                return index;
        return scheme.Rules.Count;
    }

    private static (Customer Customer, Instant Now) Life(int seed)
    {
        var random = new Random(seed);
        var customer = new Customer();
        var facts = new History(seed, seed % 3 == 0 ? 60 : 12).Facts;
        foreach (var fact in facts.OrderBy(fact => fact.At)) customer.Apply(fact);
        var near = facts[random.Next(facts.Count)].At;
        return (customer, random.Next(3) switch
        {
            0 => near,
            1 => near.Plus(random.Next(1, 100) * MillisecondsPer.Day),
            _ => near.Plus(random.NextInt64(40 * MillisecondsPer.Day)),
        });
    }

    /// <summary>The cut-offs of all of them, each at its own instant: any cut-offs will do.</summary>
    private static Baseline BaselineOf(Scheme scheme, List<(Customer Customer, Instant Now)> lives)
    {
        var rulebook = new Rulebook(1, Instant.Beginning, [scheme]);
        var rows = lives.Select(life => rulebook.Measures.Select(measure => measure.Value(life.Customer, life.Now)).ToArray()).ToList();
        return Agreement.BaselineOf(rows, rulebook, 1, Instant.Beginning);
    }
}
