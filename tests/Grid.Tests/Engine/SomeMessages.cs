using Grid.Grains.Baselines;
using Grid.Grains.Customers;
using Grid.Grains.Rulebooks;
using Grid.Grains.Segments;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Tests.Answers;

namespace Grid.Tests.Engine;

/// <summary>One or more of everything that grains are given and answer, as full as it comes.</summary>
internal static class SomeMessages
{
    private const int Customers = 12;

    /// <summary>What is of the model alone: it crosses silos, or is stored within the state of a grain, as JSON.</summary>
    public static IReadOnlyList<object> OfTheModel { get; } = [.. Answers(), .. Numbers()];

    public static IReadOnlyList<object> OfTheGrains { get; } = [.. Records(), .. Batches()];

    private static IReadOnlyList<SchemeSource> Files => [new("a.yaml", "id: a"), new("b.yaml", "id: b # 层")];

    private static IEnumerable<object> Answers()
    {
        foreach (var one in Population.Of(seed: 5, Customers).Append(Everything()))
        {
            yield return one.View();
            yield return one.Forecast();
            foreach (var scheme in one.Rules.Rulebook.Schemes) yield return one.Explanation(scheme.Id);
        }
    }

    private static IEnumerable<object> Numbers()
    {
        yield return Instant.Never;
        yield return Instant.Beginning;
        yield return Asked.Day(3);
        yield return Layout();
        foreach (var cuts in Cuts()) yield return cuts;
        foreach (var transition in Transitions()) yield return transition;
    }

    private static IEnumerable<object> Records()
    {
        yield return new RulesInForce(3, 2, 1, 17, Cuts());
        yield return new RefreezeReply(RefreezeOutcome.NotFrozen, 4);
        yield return new Publication(Files, "someone", null, PublicationOrigin.Api) { Identity = "1f" };
        yield return Published();
        yield return new LogStretch("3", "5", Transitions());
        yield return new SegmentSnapshot("lifecycle", "5", new Dictionary<string, long> { ["new"] = 3 }, [new Flow(0, 60_000, null, "new", 3)], [0]);
        yield return new FlowStretch(60_000, 1, 2);
        yield return new BaselineState { Number = 1, AsOf = 17, Cuts = Cuts(), Moving = Cuts(), Rulebook = 2, Edition = 3 };
        yield return new RulebookState { History = [Published()], Answered = [new("1f", 2)] };
        yield return Segments();
    }

    private static IEnumerable<object> Batches()
    {
        yield return new FactBatch(Facts());
        yield return new RecordReply([FactOutcome.Accepted, FactOutcome.Duplicate, FactOutcome.Rejected("there are not enough points")]);
        yield return new RecordReply([FactOutcome.Accepted]);
    }

    private static Asked Everything() => new Asked(Asked.Shipped()).Took(1, Each());

    private static List<Fact> Facts() => [.. Each().Select((make, index) => make(Asked.Day(index), MessageKey.Of($"m{index}")))];

    private static Func<Instant, MessageKey, Fact>[] Each() =>
    [
        (at, key) => new OrderPaid(at, key, "o1", 12_050, "shoes", "app", 2),
        (at, key) => new OrderRefunded(at, key, "o1", 50),
        (at, key) => new OrderCancelled(at, key, "o1"),
        (at, key) => new Interacted(at, key, "comment-added"),
        (at, key) => new Browsed(at, key, null, 40),
        (at, key) => new TraitsSet(at, key, [new("age", TraitValue.OfNumber(34.50m)), new("city", TraitValue.OfText("上海"))]),
        (at, key) => new TraitsSet(at, key, [new("club", TraitValue.OfTruth(true))]),
        (at, key) => new TagChanged(at, key, "vip", true, Instant.Never),
        (at, key) => new CommunityJoined(at, key, "runners", null),
        (at, key) => new PlanPurchased(at, key, "gold", at.Plus(MillisecondsPer.Day)),
        (at, key) => new PointsChanged(at, key, 30),
        (at, key) => new ConsentChanged(at, key, "mail", true),
    ];

    private static List<Transition> Transitions() =>
    [
        new(new CustomerId("c1"), "lifecycle", null, "new", Direction.Entry, new Cause(CauseKind.Event), Asked.Day(1), Asked.Day(2)),
        new(new CustomerId("客"), "lifecycle", "new", null, Direction.Exit, new Cause(CauseKind.Rulebook, 2), Asked.Day(1), Asked.Day(2)),
    ];

    private static IReadOnlyList<Grid.Model.Baselines.Cuts> Cuts()
    {
        var population = Population.Of(seed: 5, Customers);
        return Population.BaselineOf(population[0].Rules.Rulebook, population).Cuts;
    }

    private static RulebookLayout Layout() => RulebookLayout.Of(Asked.Shipped().Rulebook);

    private static PublishedRulebook Published() =>
        new(2, 17, Files, Layout()) { Author = "someone", Note = "why", Origin = PublicationOrigin.Api };

    private static SegmentState Segments()
    {
        var state = new SegmentState { Position = "5", Format = 1 };
        foreach (var transition in Transitions()) state.Fold(transition);
        return state;
    }
}
