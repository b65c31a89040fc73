using System.Globalization;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Tests.Baselines;

/// <summary>
/// A history of orders replayed through the model in memory, with a baseline at the end of each interval, published when a cut has changed. Only those
/// whom the two baselines decide differently are decided again, as the partitions do it.
/// </summary>
/// <param name="interval">Milliseconds that divide a day.</param>
internal sealed class RecurringBaselines(Rulebook rulebook, long interval = MillisecondsPer.Day)
{
    private readonly Dictionary<string, Member> _members = [];
    private readonly List<Transition> _transitions = [];
    private Baseline _baseline = Baseline.None;
    private Rules _rules = new(rulebook, Baseline.None);

    public IReadOnlyList<Transition> Transitions => _transitions;

    /// <summary>The number of the last baseline.</summary>
    public int Published => _baseline.Number;

    /// <param name="facts">In any order.</param>
    public void Replay(IEnumerable<(string Customer, Fact Fact)> facts)
    {
        var intervals = facts.GroupBy(one => one.Fact.At.Milliseconds / interval).ToDictionary(group => group.Key, group => group.ToList());
        var last = intervals.Keys.Max();
        for (var number = intervals.Keys.Min(); number <= last; number++)
        {
            var end = new Instant((number + 1) * interval - 1);
            foreach (var customer in intervals.GetValueOrDefault(number, []).GroupBy(one => one.Customer))
                Take(Of(customer.Key), [.. customer.Select(one => one.Fact)], end);
            foreach (var member in _members.Values.Where(member => member.DueAt <= end)) Take(member, [], end);
            Publish(end);
        }
    }

    /// <param name="path">A file of orders.</param>
    public static IEnumerable<(string Customer, Fact Fact)> OrdersOf(string path) => TestData.Rows(path).Select(row => (row[0], (Fact)new OrderPaid(
        Instant.From(DateTimeOffset.Parse(row[2], CultureInfo.InvariantCulture)),
        MessageKey.From(row[1]),
        row[1],
        long.Parse(row[3], CultureInfo.InvariantCulture))));

    private Member Of(string id)
    {
        if (!_members.TryGetValue(id, out var member)) _members.Add(id, member = new Member(id));
        return member;
    }

    private void Take(Member member, IReadOnlyList<Fact> facts, Instant now)
    {
        if (CustomerDecider.Decide(member.Id, member.State, facts, now, _rules).Change is not { } change) return;
        (member.State, member.Measures, member.DueAt) = (change.State, [.. change.Measures], change.DueAt);
        _transitions.AddRange(change.Transitions);
    }

    private void Publish(Instant asOf)
    {
        var cuts = rulebook.Measures.Select((measure, index) => Ranking.Compute(
            measure,
            [.. _members.Values.Select(member => member.Measures[index]).Where(value => value != Measure.Absent)],
            [],
            rulebook.TopsOf(measure),
            asOf,
            _baseline.Of(measure)));
        var next = new Baseline(_baseline.Number + 1, asOf, [.. cuts]);
        var changed = rulebook.Measures.Select((measure, index) => (measure, index))
            .Where(one => !next.Of(one.measure).CutsLike(_baseline.Of(one.measure))).ToList();
        if (changed.Count == 0) return;
        var before = _baseline;
        (_baseline, _rules) = (next, new Rules(rulebook, next));
        foreach (var member in _members.Values)
            if (changed.Exists(one => Differs(one.measure, member.Measures[one.index], member.Id, before)))
                Take(member, [], asOf);
    }

    private bool Differs(Measure measure, long value, CustomerId customer, Baseline before) =>
        value != Measure.Absent && !_baseline.Of(measure).DecidesLike(before.Of(measure), value, customer, rulebook.ReadsOf(measure));

    private sealed class Member(string id)
    {
        public CustomerId Id { get; } = new(id);

        public byte[]? State { get; set; }

        public long[] Measures { get; set; } = [];

        public Instant DueAt { get; set; } = Instant.Never;
    }
}

/// <summary>How often baselines moved customers in a scheme.</summary>
/// <param name="All">All transitions but entries.</param>
/// <param name="ByBaseline">Those with cause baseline.</param>
/// <param name="Undone">Those of them that another baseline reverses within 24 hours.</param>
internal sealed record Flapping(string Scheme, int All, int ByBaseline, int Undone)
{
    public double Share => All == 0 ? 0 : (double)ByBaseline / All;

    public double UndoneShare => ByBaseline == 0 ? 0 : (double)Undone / ByBaseline;

    public static IEnumerable<Flapping> Of(IReadOnlyList<Transition> transitions) => transitions.GroupBy(one => one.Scheme).Select(scheme =>
    {
        var undone = 0;
        foreach (var customer in scheme.GroupBy(one => one.Customer))
        {
            var moves = customer.OrderBy(one => one.EffectiveAt).ToList();
            for (var index = 1; index < moves.Count; index++)
            {
                var (then, now) = (moves[index - 1], moves[index]);
                if (then.Cause.Kind == CauseKind.Baseline && now.Cause.Kind == CauseKind.Baseline && now.To == then.From
                    && now.EffectiveAt.Milliseconds - then.EffectiveAt.Milliseconds <= MillisecondsPer.Day)
                {
                    undone++;
                }
            }
        }

        var moved = scheme.Where(one => one.Direction != Direction.Entry).ToList();
        return new Flapping(scheme.Key, moved.Count, moved.Count(one => one.Cause.Kind == CauseKind.Baseline), undone);
    });

    public override string ToString() =>
        $"{Scheme}: {All} moves, {ByBaseline} by baselines ({Share:P1}), {Undone} undone by another within 24 h ({UndoneShare:P2})";
}
