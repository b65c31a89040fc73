using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Tests.Model.Reference;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model.Histories;

/// <summary>A customer's deadlines, compared with the reference at every instant at which anything could change.</summary>
public sealed class DeadlinesTests
{
    private static readonly IReadOnlyList<SchemeDefinition> Definitions = SomeSchemes.All;
    private static readonly Crowd Crowd = new(Definitions);
    private static readonly Moments Moments = new(Definitions);

    [Fact]
    public void OfEachLayerAreTheFirstInstantAtWhichItDiffers()
    {
        for (var seed = 3_001; seed <= 3_040; seed++)
        {
            var random = new Random(seed);
            var life = new Life(Crowd.Rules);
            foreach (var delivery in new History(seed).Early(random))
            {
                life.Take(delivery.Now, delivery.Facts);
                if (random.Next(3) == 0) DiffersFirstWhereSaid(life, delivery.Now, random, seed);
            }
        }
    }

    [Fact]
    public void AreAllInTheFuture()
    {
        for (var seed = 4_001; seed <= 4_150; seed++)
        {
            var random = new Random(seed);
            var history = new History(seed);
            var life = new Life(Crowd.Rules);
            foreach (var delivery in history.Scattered(random, history.Facts.Max(fact => fact.At).Plus(300 * MillisecondsPer.Day)))
            {
                life.Take(delivery.Now, delivery.Facts);
                if (life.State is null) continue;
                life.DueAt.ShouldBeGreaterThan(delivery.Now, $"seed {seed}");
                var later = delivery.Now.Plus(random.NextInt64(30 * MillisecondsPer.Day));
                life.Take(later);
                life.DueAt.ShouldBeGreaterThan(later, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void MissedAndWorkedOffLateAreTheSameAsMetInTime()
    {
        for (var seed = 5_001; seed <= 5_200; seed++)
        {
            var history = new History(seed);
            var end = history.Facts.Max(fact => fact.At).Plus(500 * MillisecondsPer.Day);
            var inTime = new Life(Crowd.Rules);
            var late = new Life(Crowd.Rules);
            foreach (var delivery in history.Early(new Random(seed)))
            {
                inTime.WakeUntil(delivery.Now);
                inTime.Take(delivery.Now, delivery.Facts);
                late.Take(delivery.Now, delivery.Facts);
            }

            inTime.WakeUntil(end);
            late.Take(end);
            Told(late).ShouldBe(Told(inTime), $"seed {seed}");
            Life.Essence(late.State!).ShouldBe(Life.Essence(inTime.State!), $"seed {seed}");
            late.Customer.EvaluatedAt.ShouldBe(inTime.Customer.EvaluatedAt, $"seed {seed}");
            inTime.Transitions.ShouldAllBe(transition => transition.EffectiveAt == transition.RecordedAt, $"seed {seed}");
            late.Transitions.Where(transition => transition.Cause.Kind == CauseKind.Time)
                .ShouldAllBe(transition => transition.EffectiveAt <= transition.RecordedAt);
        }
    }

    private static List<Transition> Told(Life life) =>
        [.. life.Transitions.Select(transition => transition with { RecordedAt = Instant.Never })];

    private static void DiffersFirstWhereSaid(Life life, Instant now, Random random, int seed)
    {
        var reference = new ReferenceCustomer(life.Delivered);
        var moments = Moments.After(now.Milliseconds, life.Delivered, random);
        var customer = life.Customer;
        var layers = Crowd.Agreement.LayersOf(reference, now.Milliseconds);
        var measures = Crowd.Agreement.MeasuresOf(reference, life.Rules, now.Milliseconds);
        var layersDiffer = Enumerable.Repeat<long?>(null, layers.Count).ToArray();
        long? measuresDiffer = null;
        foreach (var moment in moments)
        {
            var then = Crowd.Agreement.LayersOf(reference, moment);
            for (var index = 0; index < then.Count; index++)
                if (layersDiffer[index] is null && then[index] != layers[index])
                    layersDiffer[index] = moment;
            if (measuresDiffer is null && !Crowd.Agreement.MeasuresOf(reference, life.Rules, moment).SequenceEqual(measures))
                measuresDiffer = moment;
        }

        for (var index = 0; index < layersDiffer.Length; index++)
        {
            var scheme = life.Rules.Rulebook.Schemes[index];
            Said(scheme.NextChange(customer, now, life.Rules.Baseline)).ShouldBe(layersDiffer[index], $"{scheme.Id} after {now}, seed {seed}");

            // Changes that come with a measure are left to the deadline of the measure, at which the scheme is decided again.
            var stored = customer.Layers[index].NextAt;
            if (scheme.Measures.Count == 0) Said(stored).ShouldBe(layersDiffer[index], $"stored for {scheme.Id} after {now}, seed {seed}");
            else if (stored.Milliseconds != layersDiffer[index])
                (measuresDiffer ?? long.MaxValue).ShouldBeLessThanOrEqualTo(layersDiffer[index] ?? long.MaxValue, $"{scheme.Id} after {now}, seed {seed}");
        }

        Said(customer.MeasuresNextAt).ShouldBe(measuresDiffer, $"measures after {now}, seed {seed}");
        var first = layersDiffer.Append(measuresDiffer).Min();
        Said(customer.DueAt).ShouldBe(first, $"due after {now}, seed {seed}");
    }

    private static long? Said(Instant instant) => instant.IsNever ? null : instant.Milliseconds;
}
