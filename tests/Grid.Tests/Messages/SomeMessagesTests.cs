using Grid.Grains.Audits;
using Grid.Grains.Customers;
using Grid.Grains.Partitions;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Tests.Explaining;

namespace Grid.Tests.Messages;

/// <summary>Examples of each type that crosses silos, with all fields set.</summary>
internal static class SomeMessagesTests
{
    private const int Customers = 12;

    /// <summary>Messages between silos.</summary>
    public static IReadOnlyList<object> All { get; } = [.. Numbers(), .. Records(), .. OfPartitions(), .. OfCustomers(), .. Failures()];

    /// <summary>States of grains.</summary>
    public static IReadOnlyList<object> States { get; } =
    [
        new BaselineState { Number = 1, AsOf = 17, Cuts = Cuts(), Moving = Cuts(), Rulebook = 2, Epoch = 3 },
        new RulebookState { History = [Published()], Answered = [new("1f", 2)] },
        Segments(),
    ];

    private static IReadOnlyList<SchemeSource> Files => [new("a.yaml", "id: a"), new("b.yaml", "id: b # 层")];

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
        yield return new AuditReport(
            "5", Asked.Day(1), 3, 2, 1, 0, [new SchemeAudit("lifecycle", [new LayerDifference("new", 3, 1)])], ["c1 in lifecycle"], 1, ["c2"]);
    }

    private static IEnumerable<object> OfPartitions()
    {
        var committed = new CommittedCustomer(new CustomerId("客"), 3, Instant.Never, [5, -1], new LayerAssignments(2, [0, 7]));
        yield return committed;
        yield return new CommitStretch("1.2", "3.4", [committed, CommittedCustomer.Erased(new CustomerId("c2"))]);
        yield return new PartitionStatus(true, 3, new Dictionary<int, int> { [2] = 3 }, 17);
        yield return new RulebookCounts(2, 3, [new LayerTotal("new", 1), new LayerTotal("lost", 2)]);
        yield return new LayerTotal("new", 1);
        yield return new MeasureRequest("spend", true);
        yield return new MeasureValues([5, 7], ["c1", "c2"], "one/2");
        yield return new MeasureMark("spend", "one/2");
        yield return new CutoffChange(3, Cuts(), []);
        yield return new SchemeSource("a.yaml", "id: a");
    }

    private static IEnumerable<object> OfCustomers()
    {
        yield return new FactBatch(Facts());
        yield return new RecordReply([FactOutcome.Accepted, FactOutcome.Duplicate, FactOutcome.Rejected(Reasons.PointsOverdrawn.With(60, 50))]);
        yield return new RecordReply([FactOutcome.Accepted]);
        yield return new CustomerState(new byte[] { 2, 1, 0, 255 }, 17);
        yield return new CustomerId("客");
    }

    private static IEnumerable<object> Failures()
    {
        foreach (var kind in Enum.GetValues<FailureKind>()) yield return new LedgerException(kind, "the database is starting up");
        yield return new LedgerException(FailureKind.Permanent, "The row of customer 客 is damaged.") { Customer = new CustomerId("客") };
        yield return new StaleCustomerException(new CustomerId("c1"), 2, 3);
    }

    private static List<Fact> Facts() => [.. Each().Select((make, index) => make(Asked.Day(index), MessageKey.From($"m{index}")))];

    private static Func<Instant, MessageKey, Fact>[] Each() =>
    [
        (at, key) => new OrderPaid(at, key, "o1", 12_050, "shoes", "app", 2),
        (at, key) => new OrderRefunded(at, key, "o1", 50),
        (at, key) => new OrderRefunded(at, key, "o1", 50, 2),
        (at, key) => new OrderRefunded(at, key, "o1", null, OrderRefunded.PiecesMax),
        (at, key) => new OrderRefunded(at, key, "o1", Limits.AmountMax, OrderRefunded.PiecesMax),
        (at, key) => new OrderRefunded(at, key, "o1", 0, 1),
        (at, key) => new OrderCancelled(at, key, "o1"),
        (at, key) => new Interacted(at, key, "comment-added"),
        (at, key) => new Browsed(at, key, null, 40),
        (at, key) => new TraitsSet(at, key, [new("age", TraitValue.OfNumber(34.50m)), new("city", TraitValue.OfText("上海"))]),
        (at, key) => new TraitsSet(at, key, [new("club", TraitValue.OfTruth(true)), new("city", TraitValue.Removed)]),
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

    private static IReadOnlyList<Grid.Model.Baselines.Cutoffs> Cuts()
    {
        var population = Population.Create(seed: 5, Customers);
        return Population.BaselineOf(population[0].Rules.Rulebook, population).Cuts;
    }

    private static RulebookLayout Layout() => RulebookLayout.From(Asked.Shipped().Rulebook);

    private static PublishedRulebook Published() =>
        new(2, 17, Files, Layout()) { Author = "someone", Note = "why", Origin = PublicationOrigin.Api };

    private static SegmentState Segments()
    {
        var state = new SegmentState { Position = "5", Format = 1 };
        foreach (var transition in Transitions()) state.Fold(transition);
        return state;
    }
}
