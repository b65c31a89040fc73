using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Model.Evaluation;

/// <summary>The result of one decision on a customer.</summary>
/// <param name="Outcomes">One per fact, in the order they were given.</param>
/// <param name="Change">Null when nothing changed, so that there is nothing to commit.</param>
public sealed record CustomerDecision(FactOutcome[] Outcomes, CustomerChange? Change);

/// <summary>
/// Decides for one customer: works off everything that is due in the order of its instants (deadlines, a new rulebook or baseline, the facts given)
/// and returns the difference as a change to commit. Pure: bytes and facts in, bytes and transitions out.
/// </summary>
/// <remarks>Its scratch space is reused, so that a call allocates little beside its result. Use one instance per thread.</remarks>
public sealed class CustomerDecider
{
    [ThreadStatic] private static CustomerDecider? _current;

    private readonly Customer _customer = new();
    private readonly ByteWriter _writer = new();
    private readonly List<Transition> _transitions = [];
    private readonly List<Fact> _accepted = [];
    private readonly Evaluator _evaluator = new();

    // Copies from before the evaluation, for finding out what the evaluation changed.
    private LayerState[] _layersBefore = [];
    private long[] _measuresBefore = [];

    /// <param name="id">The customer.</param>
    /// <param name="state">Its state after the last commit; null when it has none.</param>
    /// <param name="facts">The new facts, in any order. Empty: works off only what is due.</param>
    /// <param name="now">The instant of this decision.</param>
    /// <param name="rules">The rules in force.</param>
    public static CustomerDecision Decide(CustomerId id, byte[]? state, IReadOnlyList<Fact> facts, Instant now, Rules rules)
    {
        var turn = _current ??= new CustomerDecider();
        return turn.Run(id, state, facts, now, rules);
    }

    /// <summary>
    /// The last decision for a customer whose erasure has begun: works off what is due, then takes the customer out of all its layers. The change
    /// must be committed before the row is removed: the counts are a fold of the log and would otherwise keep the customer.
    /// </summary>
    public static CustomerChange Leave(CustomerId id, byte[] state, Instant now, Rules rules)
    {
        var turn = _current ??= new CustomerDecider();
        return turn.RunLeaving(id, state, now, rules);
    }

    private CustomerChange RunLeaving(CustomerId id, byte[] state, Instant now, Rules rules)
    {
        CustomerCodec.Decode(id, state, _customer);
        _customer.Id = id;
        _transitions.Clear();
        _accepted.Clear();
        now = Instant.Max(now, _customer.EvaluatedAt);
        CopyBefore();
        _evaluator.Begin(id, _customer, now, rules, _transitions);
        _evaluator.AdvanceTo(now);
        _evaluator.Leave(now);
        return Change(id, rules.Epoch);
    }

    private CustomerDecision Run(CustomerId id, byte[]? state, IReadOnlyList<Fact> facts, Instant now, Rules rules)
    {
        if (state is null) _customer.Clear();
        else CustomerCodec.Decode(id, state, _customer);
        _customer.Id = id;
        _transitions.Clear();
        _accepted.Clear();

        // A clock may step back after a restart or a correction; the customer's own time must not.
        now = Instant.Max(now, _customer.EvaluatedAt);
        var evaluatedBefore = _customer.EvaluatedAt;
        CopyBefore();
        _evaluator.Begin(id, _customer, now, rules, _transitions);
        if (state is not null) _evaluator.AdvanceTo(PublishedBy(now, rules));

        var outcomes = new FactOutcome[facts.Count];
        foreach (var index in InOrder(facts)) outcomes[index] = Take(facts[index], now, rules, evaluatedBefore);
        if (_customer.Version > 0 || _accepted.Count > 0) _evaluator.AdvanceTo(now);

        var changed = _accepted.Count > 0 || _evaluator.Changed || !_layersBefore.AsSpan().SequenceEqual(_customer.Layers)
            || !_measuresBefore.AsSpan().SequenceEqual(_customer.Measures);
        return new CustomerDecision(outcomes, changed ? Change(id, rules.Epoch) : null);
    }

    private void CopyBefore()
    {
        if (_layersBefore.Length != _customer.Layers.Length) _layersBefore = new LayerState[_customer.Layers.Length];
        if (_measuresBefore.Length != _customer.Measures.Length) _measuresBefore = new long[_customer.Measures.Length];
        _customer.Layers.CopyTo(_layersBefore, 0);
        _customer.Measures.CopyTo(_measuresBefore, 0);
    }

    /// <summary>
    /// A fact is late when something took effect after it in an earlier turn; facts of one call are applied in the order of their instants.
    /// </summary>
    private FactOutcome Take(Fact fact, Instant now, Rules rules, Instant evaluatedBefore)
    {
        if (fact.At.Milliseconds > now.Milliseconds + Limits.FutureMillisecondsMax)
            return FactOutcome.Rejected(Reasons.EventInTheFuture);
        if (fact.At.Milliseconds < Limits.EarliestMilliseconds) return FactOutcome.Rejected(Reasons.EventTooOld);

        var late = fact.At < evaluatedBefore;
        var from = Instant.Max(_customer.EvaluatedAt, PublishedBy(now, rules));
        var effective = late ? now : Instant.Min(now, Instant.Max(fact.At, from));
        if (_customer.Rulebook != 0) _evaluator.AdvanceTo(effective);
        if (fact is PointsChanged { Points: < 0 } redeemed && Overdraws(redeemed, effective, rules) is { } reason) return FactOutcome.Rejected(reason);
        var outcome = _customer.Apply(fact);
        if (!outcome.ChangesState) return outcome;
        _accepted.Add(fact);
        _evaluator.Touch(fact.Kind, effective, new Cause(late ? CauseKind.LateEvent : CauseKind.Event));
        return outcome.IsRestated ? FactOutcome.Duplicate : outcome;
    }

    /// <summary>
    /// A redemption is decided once, when it arrives. A customer has one turn at a time, so two redemptions cannot both spend the last points.
    /// </summary>
    private Reason? Overdraws(PointsChanged redeemed, Instant at, Rules rules)
    {
        var balance = rules.Rulebook.Points.Balance(_customer, at);
        return balance >= -redeemed.Points || _customer.Remembers(redeemed.Key)
            ? null
            : Reasons.PointsOverdrawn.With(-redeemed.Points, balance);
    }

    /// <summary>A fact cannot take effect under a rulebook or baseline published after it.</summary>
    private static Instant PublishedBy(Instant now, Rules rules) =>
        Instant.Min(now, Instant.Max(rules.Rulebook.PublishedAt, rules.Baseline.AsOf));

    private CustomerChange Change(CustomerId id, long epoch)
    {
        _customer.Version++;
        _customer.DueAt = _evaluator.DueAt();
        _writer.Clear();
        CustomerCodec.Encode(_writer, _customer);
        var state = _writer.ToArray();
        _writer.Clear();
        CustomerCodec.EncodeDelta(_writer, _customer, _layersBefore, _accepted);
        return new CustomerChange(
            id, _customer.Version, state, _writer.ToArray(), _customer.DueAt, _customer.Measures, [.. _transitions])
        { Epoch = epoch, Standing = LayerAssignments.From(_customer) };
    }

    /// <summary>Indexes of the facts in the order of their instants, those of one instant as they were sent; the common single fact costs nothing.</summary>
    private static IEnumerable<int> InOrder(IReadOnlyList<Fact> facts) =>
        facts.Count switch
        {
            0 => [],
            1 => Single,
            _ => Enumerable.Range(0, facts.Count).OrderBy(index => facts[index].At),
        };

    private static readonly int[] Single = [0];
}
