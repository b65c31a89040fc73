using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model.Histories;

/// <summary>Some thousand generated lives, evaluated by all schemes. A failure names the seed of its life.</summary>
public sealed class GeneratedHistoriesTests
{
    private static readonly Crowd Crowd = new(SomeSchemes.All);

    [Fact]
    public void AgreeWithTheReferenceAfterEveryTurn()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var history = new History(seed);
            var life = new Life(Crowd.Rules);
            var latest = history.Facts.Max(fact => fact.At).Plus(random.NextInt64(400 * MillisecondsPer.Day));
            var before = latest;
            foreach (var delivery in history.Scattered(random, latest))
            {
                if (delivery.Now > before && random.Next(2) == 0)
                {
                    var between = before.Plus(random.NextInt64(delivery.Now.Milliseconds - before.Milliseconds));
                    life.Take(between);
                    Crowd.Agreement.HoldsAt(between, life, $"seed {seed}");
                }

                life.Take(delivery.Now, delivery.Facts);
                Crowd.Agreement.HoldsAt(delivery.Now, life, $"seed {seed}");
                before = delivery.Now;
            }

            var later = latest.Plus(random.NextInt64(400 * MillisecondsPer.Day));
            life.Take(later);
            Crowd.Agreement.HoldsAt(later, life, $"seed {seed}");
        }
    }

    [Fact]
    public void EndInTheSameStateHoweverTheyWereDelivered()
    {
        for (var seed = 1_001; seed <= 1_200; seed++)
        {
            var history = new History(seed);
            var latest = history.Facts.Max(fact => fact.At).Plus(new Random(seed).NextInt64(100 * MillisecondsPer.Day));
            var expected = EndOf(history.InTime(), latest);
            for (var path = 1; path <= 2; path++)
            {
                var scattered = EndOf(history.Scattered(new Random(seed * 10 + path), latest), latest);
                scattered.ShouldBe(expected, $"seed {seed}, path {path}");
            }
        }
    }

    [Fact]
    public void FoldTheirDeltasIntoTheStatesCommitted()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var history = new History(seed, factsMax: 40);
            byte[]? folded = null;
            byte[]? state = null;
            var latest = history.Facts.Max(fact => fact.At).Plus(200 * MillisecondsPer.Day);
            foreach (var delivery in history.Scattered(random, latest).Append(new Delivery(latest, [])))
            {
                if (CustomerDecider.Decide(new CustomerId("c"), state, delivery.Facts, delivery.Now, Crowd.Rules).Change is not { } change) continue;
                state = change.State;
                folded = CustomerCodec.Fold(folded, change.Delta);
                Convert.ToHexString(folded).ShouldBe(Convert.ToHexString(state), $"seed {seed}, version {change.Version}");
                Convert.ToHexString(Life.Encoded(Life.Opened(state))).ShouldBe(Convert.ToHexString(state), $"seed {seed}");
                CustomerHeader.Read(state).Version.ShouldBe(change.Version);
            }
        }
    }

    private static string EndOf(IEnumerable<Delivery> deliveries, Instant latest)
    {
        var life = new Life(Crowd.Rules);
        foreach (var delivery in deliveries) life.Take(delivery.Now, delivery.Facts);
        life.Take(latest);
        return Life.Essence(life.State!);
    }
}
