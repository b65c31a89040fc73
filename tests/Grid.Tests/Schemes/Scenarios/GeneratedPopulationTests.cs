using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Model;
using Grid.Tests.Model.Histories;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Scenarios;

/// <summary>Some thousand random customers under all shipped schemes, with a baseline of them published at every step.</summary>
public sealed class GeneratedPopulationTests(ITestOutputHelper output)
{
    private const int Seed = 20_260_101;
    private const int Customers = 2_000;
    private const int DaysAStep = 23;
    private const int Steps = 26;

    private readonly Dictionary<(string Scheme, string Layer), int> _counts = [];
    private readonly HashSet<(string Scheme, string Layer)> _seen = [];
    private Rules _rules = SomeSchemes.Rules([.. SomeSchemes.Shipped]);

    [Fact]
    public void IsInOneLayerOfEachSchemeAtEveryStepOfTime()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var members = Enumerable.Range(0, Customers).Select(number => new Member(new RandomShopper(random, number).Facts, _rules)).ToList();
        for (var step = 1; step <= Steps; step++)
        {
            var now = Walk.Day(step * DaysAStep + random.NextDouble());
            foreach (var member in members) Count(member.Advance(now, random));
            Proves(members, now, $"step {step}, seed {Seed}");

            var known = members.Where(member => member.Life.State is not null).Select(member => member.Life.Customer.Measures).ToList();
            _rules = new Rules(_rules.Rulebook, Agreement.BaselineOf(known, _rules.Rulebook, step, now));
            foreach (var member in members) Count(member.Publish(_rules, now));
            Proves(members, now, $"baseline {step}, seed {Seed}");
        }

        var everywhere = SomeSchemes.Shipped.SelectMany(scheme => scheme.Layers.Select(layer => (scheme.Id, layer.Id)));
        everywhere.Except(_seen).ShouldBeEmpty("the population is to come through every layer");
    }

    /// <summary>Live counts equal a fold of the transitions.</summary>
    private void Count(IEnumerable<Grid.Model.Transitions.Transition> transitions)
    {
        foreach (var transition in transitions)
        {
            if (transition.From is { } from) _counts[(transition.Scheme, from)]--;
            _counts[(transition.Scheme, transition.To!)] = _counts.GetValueOrDefault((transition.Scheme, transition.To!)) + 1;
        }
    }

    private void Proves(List<Member> members, Instant now, string circumstance)
    {
        var recount = new Dictionary<(string Scheme, string Layer), int>();
        var population = 0;
        foreach (var member in members.Where(member => member.Life.State is not null))
        {
            population++;
            var stored = member.Life.Customer.Layers;
            for (var index = 0; index < stored.Length; index++)
            {
                var scheme = _rules.Rulebook.Schemes[index];
                var layer = scheme.LayerOf(member.FactsAlone, now, _rules.Baseline);
                if (stored[index].Layer != layer) scheme.Layers[stored[index].Layer].ShouldBe(scheme.Layers[layer], $"{scheme.Id}, {circumstance}");
                var place = (scheme.Id, scheme.Layers[layer]);
                recount[place] = recount.GetValueOrDefault(place) + 1;
            }
        }

        _seen.UnionWith(recount.Keys);
        foreach (var scheme in _rules.Rulebook.Schemes)
        {
            scheme.Layers.Sum(layer => _counts.GetValueOrDefault((scheme.Id, layer))).ShouldBe(population, $"{scheme.Id}, {circumstance}");
            foreach (var layer in scheme.Layers)
                _counts.GetValueOrDefault((scheme.Id, layer)).ShouldBe(recount.GetValueOrDefault((scheme.Id, layer)), $"{scheme.Id} {layer}, {circumstance}");
        }
    }

    /// <summary>A customer as the engine stores it, beside one that has only applied the facts.</summary>
    private sealed class Member(IReadOnlyList<Fact> facts, Rules rules)
    {
        private int _delivered;

        public Life Life { get; } = new(rules);

        public Customer FactsAlone { get; } = new();

        /// <summary>Applies the events up to now, in one turn or two, then lets time pass until now.</summary>
        public IEnumerable<Grid.Model.Transitions.Transition> Advance(Instant now, Random random)
        {
            var told = Life.Transitions.Count;
            var happened = facts.Skip(_delivered).TakeWhile(fact => fact.At <= now).ToList();
            _delivered += happened.Count;
            var first = happened.Take(random.Next(happened.Count + 1)).ToList();
            if (first.Count > 0) Life.Take(first[^1].At, first);
            Life.Take(now, [.. happened.Skip(first.Count)]);
            foreach (var fact in happened) FactsAlone.Apply(fact);
            return Life.Transitions.Skip(told);
        }

        public IEnumerable<Grid.Model.Transitions.Transition> Publish(Rules published, Instant now)
        {
            var told = Life.Transitions.Count;
            Life.Rules = published;
            Life.Take(now);
            return Life.Transitions.Skip(told);
        }
    }
}
