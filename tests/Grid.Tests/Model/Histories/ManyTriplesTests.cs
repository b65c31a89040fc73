using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Model.Reference;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model.Histories;

/// <summary>Compares engine and reference on a million generated (customer, instant, scheme) triples.</summary>
public sealed class ManyTriplesTests(ITestOutputHelper output)
{
    private const long Wanted = 1_000_000;
    private const int FirstSeed = 7_000_001;
    private const int CrowdSeed = 3_000_000;
    private const int CrowdCount = 60;
    private const int ProbesCount = 6;
    private static readonly Instant Ranked = new(1_751_328_000_000);

    [Fact]
    public void AreDecidedAlikeByTheEngineAndByTheReference()
    {
        var crowd = Enumerable.Range(CrowdSeed, CrowdCount).Select(Neighbour).Where(life => life.State is not null).ToList();
        var rules = NastyRulebook.RulesOf(crowd, Ranked);
        var (triples, deadlines, never, next) = (0L, 0L, 0L, FirstSeed - 1);
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            // Each worker has a reference of its own, because a population caches its results.
            var points = NastyRulebook.Reference.Points;
            var neighbours = crowd.Select(life => new ReferenceCustomer(life.Delivered) { PointRules = points, Id = life.Customer.Id.Value });
            var population = new ReferencePopulation([.. neighbours], Ranked.Milliseconds);
            while (Interlocked.Read(ref triples) < Wanted)
            {
                var one = new Triples(Interlocked.Increment(ref next), rules, population);
                one.Run();
                Interlocked.Add(ref triples, one.Count);
                Interlocked.Add(ref deadlines, one.DeadlinesTests);
                Interlocked.Add(ref never, one.Never);
            }
        });

        output.WriteLine(
            $"{triples} triples of {next - FirstSeed + 1} customers from seed {FirstSeed} in {rules.Rulebook.Schemes.Count} schemes, "
            + $"{deadlines} deadlines bisected, {never} times none was announced");
    }

    private static Life Neighbour(int seed)
    {
        var life = new Life(new Rules(NastyRulebook.Compiled(), Baseline.None), $"c{seed}");
        foreach (var delivery in new History(seed).InTime().Where(delivery => delivery.Now <= Ranked)) life.Take(delivery.Now, delivery.Facts);
        if (life.State is not null) life.Take(Ranked);
        return life;
    }

    /// <summary>One customer, compared at many instants of its life and after it.</summary>
    private sealed class Triples(int seed, Rules rules, ReferencePopulation population)
    {
        private readonly Random _random = new(seed);
        private readonly Life _life = new(rules, $"c{seed}");
        private readonly ReferenceLife _reference =
            new(NastyRulebook.Reference, population, NastyRulebook.MomentsOfHeld, $"c{seed}");

        public long Count { get; private set; }

        public long DeadlinesTests { get; private set; }

        public long Never { get; private set; }

        public void Run()
        {
            var deliveries = new History(seed, redeems: true).Early(_random);
            for (var index = 0; index < deliveries.Count; index++)
            {
                var (now, facts) = deliveries[index];
                Take(now, facts);
                if (_life.State is null) continue;
                Agrees(now);
                if (_random.Next(4) == 0) ChangesFirstAtItsDeadline(now);
                var end = index + 1 < deliveries.Count ? deliveries[index + 1].Now : now.Plus(200 * MillisecondsPer.Day);
                foreach (var at in Between(now, end))
                {
                    _life.Take(at);
                    _reference.AdvanceTo(at.Milliseconds);
                    Agrees(at);
                }
            }
        }

        private void Take(Instant now, IReadOnlyList<Fact> facts)
        {
            var outcomes = _life.Take(now, facts).Outcomes;
            foreach (var index in Enumerable.Range(0, facts.Count).OrderBy(index => facts[index].At))
            {
                // A refund of an unknown amount is rejected and kept: it may get its meaning from a later fact. Of two contents of an order the later is
                // rejected; the reference has both, and counts the earlier.
                var isTaken = outcomes[index].Kind != OutcomeKind.Rejected || facts[index] is OrderRefunded or OrderPaid;
                _reference.Take(now.Milliseconds, facts[index]).ShouldBe(isTaken, $"{facts[index]} at {now}, seed {seed}");
            }
        }

        /// <summary>Instants at its next deadline, a millisecond before, and at random.</summary>
        private List<Instant> Between(Instant now, Instant end)
        {
            var due = _life.DueAt;
            List<Instant> instants = [now.Plus(_random.NextInt64(1, Math.Max(2, end.Milliseconds - now.Milliseconds)))];
            if (!due.IsNever) instants.AddRange([due.Plus(-1), due]);
            return [.. instants.Where(at => at > now && at < end).Distinct().Order()];
        }

        private void Agrees(Instant now)
        {
            var customer = _life.Customer;
            var index = 0;
            foreach (var expected in _reference.Layers())
            {
                var scheme = rules.Rulebook.Schemes[index];
                var layer = scheme.Layers[customer.Layers[index++].Layer];
                if (layer != expected) layer.ShouldBe(expected, $"{scheme.Id} at {now}, seed {seed}");
                Count++;
            }
        }

        private void ChangesFirstAtItsDeadline(Instant now)
        {
            var before = StateAt(now.Milliseconds);
            var due = _life.DueAt;
            var end = due.IsNever ? now.Milliseconds + 1_000 * MillisecondsPer.Day : due.Milliseconds;
            for (var probe = 0; probe < ProbesCount && end - now.Milliseconds > 1; probe++)
            {
                var at = _random.NextInt64(now.Milliseconds + 1, end);
                StateAt(at).ShouldBe(before, $"at {new Instant(at)}, before {due}, asked at {now}, seed {seed}");
            }

            if (due.IsNever)
            {
                Never++;
                return;
            }

            var (same, other) = (now.Milliseconds, due.Milliseconds);
            StateAt(other).SequenceEqual(before).ShouldBeFalse($"nothing changes at {due}, asked at {now}, seed {seed}");
            while (other - same > 1)
            {
                var middle = same + (other - same) / 2;
                if (StateAt(middle).SequenceEqual(before)) same = middle;
                else other = middle;
            }

            new Instant(other).ShouldBe(due, $"asked at {now}, seed {seed}");
            DeadlinesTests++;
        }

        private List<string> StateAt(long at)
        {
            var then = _reference.Copy();
            then.AdvanceTo(at);
            return [.. then.Layers(), .. then.Others()];
        }
    }
}
