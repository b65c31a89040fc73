using Grid.Model.Time;
using Grid.Model.Transitions;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model.Histories;

/// <summary>Customers living under one baseline when the next is published.</summary>
public sealed class NewBaselineTests
{
    private static readonly Crowd First = new(SomeSchemes.All);

    [Fact]
    public void PutsEveryoneWhereItsCutsSay()
    {
        var moved = 0;
        for (var seed = 6_001; seed <= 6_200; seed++)
        {
            var (life, asOf, second) = Published(seed);
            var before = life.Transitions.Count;
            var advancedAt = asOf.Plus(Math.Min(MillisecondsPer.Minute, life.DueAt.Milliseconds - asOf.Milliseconds - 1));
            life.Rules = second.Rules;
            life.Take(advancedAt);
            second.Agreement.HoldsAt(advancedAt, life, $"seed {seed}");
            foreach (var transition in life.Transitions.Skip(before))
            {
                transition.Cause.ShouldBe(new Cause(CauseKind.Baseline, 2), $"seed {seed}");
                transition.EffectiveAt.ShouldBe(asOf, $"seed {seed}");
                transition.RecordedAt.ShouldBe(advancedAt, $"seed {seed}");
                moved++;
            }
        }

        moved.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void LeavesNothingToDoASecondTime()
    {
        for (var seed = 6_201; seed <= 6_300; seed++)
        {
            var (life, asOf, second) = Published(seed);
            life.Rules = second.Rules;
            life.Take(asOf);
            life.Take(asOf).Change.ShouldBeNull($"seed {seed}");
        }
    }

    [Fact]
    public void IsHeldAgainstTheReferenceAlsoWhenNoticedLate()
    {
        for (var seed = 6_301; seed <= 6_400; seed++)
        {
            var (life, asOf, second) = Published(seed);
            life.Rules = second.Rules;
            var late = asOf.Plus(new Random(seed).NextInt64(100 * MillisecondsPer.Day));
            life.Take(late);
            second.Agreement.HoldsAt(late, life, $"seed {seed}");
        }
    }

    private static (Life Life, Instant AsOf, Crowd Second) Published(int seed)
    {
        var life = new Life(First.Rules);
        var history = new History(seed);
        foreach (var delivery in history.InTime()) life.Take(delivery.Now, delivery.Facts);
        var asOf = history.Facts.Max(fact => fact.At).Plus(new Random(seed).NextInt64(60 * MillisecondsPer.Day));
        life.Take(asOf);
        return (life, asOf, Second.As(asOf));
    }

    /// <summary>The population of another time, published as of any instant.</summary>
    private static class Second
    {
        private static readonly Crowd Crowd = new(SomeSchemes.All, number: 2, firstSeed: 2_000_000);

        public static Crowd As(Instant asOf) => Crowd.PublishedAt(asOf);
    }
}
