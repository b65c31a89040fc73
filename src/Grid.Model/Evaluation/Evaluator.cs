using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Model.Evaluation;

/// <summary>
/// Moves an opened customer through time. Each scheme has the instant of its next change, so that only schemes are decided again that are due or that
/// read the kind of a new fact.
/// </summary>
internal sealed class Evaluator
{
    private Customer _customer = null!;
    private CustomerId _id;
    private Instant _now;
    private Rules _rules = null!;
    private List<Transition> _transitions = null!;

    // A bit for each scheme whose layer changed at the instant being worked off: schemes that read its layer are decided again.
    private ulong _moved;

    /// <summary>
    /// Whether the customer adopted a rulebook or passed a deadline. Such a change must be committed even when no layer differs: a passed deadline
    /// that is not committed would stay due for ever.
    /// </summary>
    public bool Changed { get; private set; }

    public void Begin(CustomerId id, Customer customer, Instant now, Rules rules, List<Transition> transitions)
    {
        (_id, _customer, _now, _rules, _transitions) = (id, customer, now, rules, transitions);
        Changed = false;
    }

    /// <summary>The deadline: the next instant at which time alone changes a layer or a measure.</summary>
    public Instant DueAt()
    {
        var due = _customer.MeasuresNextAt;
        foreach (ref readonly var layer in _customer.Layers.AsSpan()) due = Instant.Min(due, layer.NextAt);
        return due;
    }

    /// <summary>Works off everything due by an instant, in order: deadlines first, then a newly published rulebook or baseline.</summary>
    public void AdvanceTo(Instant until)
    {
        while (true)
        {
            var due = DueAt();
            var published = Published();

            // Deadlines under an earlier rulebook can no longer be decided: the schemes of this rulebook cannot read its layer numbers.
            if (published <= until && (published <= due || IsBehind)) TakeOn(published);
            else if (due <= until && !IsBehind) Pass(due);
            else return;
        }
    }

    private bool IsBehind => _customer.Rulebook != 0 && _customer.Rulebook != _rules.Rulebook.Number;

    /// <summary>Decides again the schemes and measures that read facts of these kinds.</summary>
    public void Touch(FactKinds kinds, Instant at, Cause cause)
    {
        if (_customer.Rulebook == 0) Enter();
        _customer.EvaluatedAt = Instant.Max(_customer.EvaluatedAt, at);
        if ((_rules.Rulebook.MeasureReads & kinds) != FactKinds.None) Measure(at);
        var schemes = _rules.Rulebook.Schemes;
        _moved = 0;
        for (var index = 0; index < schemes.Count; index++)
            if ((schemes[index].Reads & kinds) != FactKinds.None || _customer.Layers[index].Layer == LayerState.None || Follows(schemes[index]))
                Decide(index, at, cause);
    }

    private Instant Published()
    {
        // A rulebook may be published between the reading of the clock and the reading of the rules.
        if (IsBehind) return Instant.Max(_customer.EvaluatedAt, Instant.Min(_rules.Rulebook.PublishedAt, _now));
        return _customer.Baseline != _rules.Baseline.Number ? Instant.Max(_customer.EvaluatedAt, _rules.Baseline.AsOf) : Instant.Never;
    }

    private void TakeOn(Instant at)
    {
        if (_customer.Rulebook != _rules.Rulebook.Number) TakeOnRulebook(at);
        else TakeOnBaseline(at);
    }

    private void TakeOnBaseline(Instant at)
    {
        var before = _customer.Baseline;
        _customer.Baseline = _rules.Baseline.Number;
        DecideDue(at, new Cause(CauseKind.Baseline, _rules.Baseline.Number), measured: false, before);
    }

    /// <summary>
    /// Adopts a new rulebook. Schemes keep their identity by id; a customer leaves a removed layer by a transition like any other. A scheme that
    /// decides as before and has nothing due keeps its layer undecided.
    /// </summary>
    private void TakeOnRulebook(Instant at)
    {
        var move = _rules.MoveFrom(_customer.Rulebook);
        var (old, baseline) = (_customer.Layers, _customer.Baseline);
        var measured = TakeOnMeasures(move, at);
        var cause = new Cause(CauseKind.Rulebook, _rules.Rulebook.Number);
        var schemes = _rules.Rulebook.Schemes;
        _moved = 0;
        for (var index = 0; index < schemes.Count; index++)
        {
            var position = move.SchemeBefore(index);
            if (position == LayerState.None)
            {
                Decide(index, at, cause);
                continue;
            }

            var (state, same) = (old[position], move.LayerNow(index, old[position].Layer));
            if (move.IsAlike(index)) _customer.Layers[index] = state;
            else if (same != LayerState.None) _customer.Layers[index] = state with { Layer = same, From = LayerState.None };
            if (!move.IsAlike(index) || IsDue(index, at, measured, baseline))
                Decide(index, at, cause, (move.Before(position).Layers[state.Layer], state.Layer));
        }

        foreach (var position in move.Gone) Exit(move.Before(position), old[position].Layer, at, cause);
        _customer.EvaluatedAt = Instant.Max(_customer.EvaluatedAt, at);
        Changed = true;
    }

    /// <summary>Adopts the measures of a new rulebook: known values stay, only new measures are read.</summary>
    /// <returns>Whether any value may differ from the one that the layers were decided by.</returns>
    private bool TakeOnMeasures(RulebookMove move, Instant at)
    {
        var (known, next) = (_customer.Measures, _customer.MeasuresNextAt);
        Enter();
        if (next <= at || !move.KeepsMeasures)
        {
            Measure(at);
            return next <= at;
        }

        var measures = _rules.Rulebook.Measures;
        for (var index = 0; index < measures.Count; index++)
        {
            if (move.MeasureBefore(index) is >= 0 and var position)
            {
                _customer.Measures[index] = known[position];
                continue;
            }

            _customer.Measures[index] = measures[index].Value(_customer, at);
            next = Instant.Min(next, measures[index].NextChange(_customer, at));
        }

        _customer.MeasuresNextAt = next;
        return false;
    }

    private void Enter()
    {
        _customer.Rulebook = _rules.Rulebook.Number;
        _customer.Baseline = _rules.Baseline.Number;
        _customer.Measures = new long[_rules.Rulebook.Measures.Count];
        _customer.Measures.AsSpan().Fill(Baselines.Measure.Absent);
        _customer.MeasuresNextAt = Instant.Never;
        _customer.Layers = new LayerState[_rules.Rulebook.Schemes.Count];
        _customer.Layers.AsSpan().Fill(new LayerState(LayerState.None, LayerState.None, Instant.Never, default, Instant.Never));
    }

    /// <summary>Moves the customer to an instant at which something is due.</summary>
    private void Pass(Instant at)
    {
        var cause = new Cause(CauseKind.Time);
        var measured = _customer.MeasuresNextAt <= at;
        Changed = true;
        _customer.EvaluatedAt = Instant.Max(_customer.EvaluatedAt, at);
        if (measured) Measure(at);

        // The deadline of a scheme that compares with the population holds only under the baseline that decided it. What such a scheme compares
        // changes only together with a measure, so a change of a measure decides the scheme again.
        DecideDue(at, cause, measured, _customer.Baseline);
    }

    private void DecideDue(Instant at, Cause cause, bool measured, int baseline)
    {
        _moved = 0;
        for (var index = 0; index < _customer.Layers.Length; index++)
            if (IsDue(index, at, measured, baseline))
                Decide(index, at, cause);
    }

    /// <param name="index">Of the scheme.</param>
    /// <param name="at">The instant.</param>
    /// <param name="measured">Whether measures have changed.</param>
    /// <param name="baseline">The number of the baseline that decided the scheme.</param>
    private bool IsDue(int index, Instant at, bool measured, int baseline)
    {
        var scheme = _rules.Rulebook.Schemes[index];
        return _customer.Layers[index].NextAt <= at || Follows(scheme)
            || (scheme.Measures.Count > 0 && (measured || _rules.Baseline.HasRecut(scheme.Measures, baseline)));
    }

    private bool Follows(Scheme scheme) => (scheme.Follows & _moved) != 0;

    private void Measure(Instant at)
    {
        var measures = _rules.Rulebook.Measures;
        var next = Instant.Never;
        for (var index = 0; index < measures.Count; index++)
        {
            _customer.Measures[index] = measures[index].Value(_customer, at);
            next = Instant.Min(next, measures[index].NextChange(_customer, at));
        }

        _customer.MeasuresNextAt = next;
    }

    /// <param name="leaving">The layer being left, with its rank in the earlier rulebook; this rulebook may not have it.</param>
    private void Decide(int index, Instant at, Cause cause, (string Layer, int Rank)? leaving = null)
    {
        var scheme = _rules.Rulebook.Schemes[index];
        var before = _customer.Layers[index];
        var decided = scheme.Decide(_customer, at, _rules.Baseline);
        var layer = scheme.Rules[decided].Layer;
        var next = scheme.NextDeadline(_customer, at, _rules.Baseline, decided);
        if (scheme.DowngradePolicy.Keeps(before, layer, at, out var since, out var effect))
        {
            _customer.Layers[index] = before with { NextAt = Instant.Min(next, effect), PendingSince = since };
            return;
        }

        if (layer == before.Layer)
        {
            if (next != before.NextAt || before.IsPending)
                _customer.Layers[index] = before with { NextAt = next, PendingSince = Instant.Never };
            return;
        }

        _customer.Layers[index] = new LayerState(layer, before.Layer, at, cause, next);
        _moved |= index < 64 ? 1UL << index : 0;
        _customer.EvaluatedAt = Instant.Max(_customer.EvaluatedAt, at);
        var (from, rank) = before.Layer == LayerState.None ? (leaving?.Layer, leaving?.Rank ?? 0) : (scheme.Layers[before.Layer], before.Layer);
        var direction = from is null ? Direction.Entry
            : !scheme.Definition.IsOrdered ? Direction.Change
            : rank < layer ? Direction.Upgrade
            : Direction.Downgrade;
        _transitions.Add(new Transition(_id, scheme.Id, from, scheme.Layers[layer], direction, cause, at, _now));
    }

    /// <summary>
    /// Takes the customer out of its layer in each scheme. It then belongs to no rulebook, which marks the state as that of an erasure in progress.
    /// </summary>
    public void Leave(Instant at)
    {
        var layout = _rules.Layouts[_customer.Rulebook];
        for (var index = 0; index < _customer.Layers.Length; index++)
            if (_customer.Layers[index].Layer != LayerState.None)
                Exit(layout.Schemes[index], _customer.Layers[index].Layer, at, new Cause(CauseKind.Erasure));
        (_customer.Rulebook, _customer.Baseline, _customer.Layers, _customer.Measures) = (0, 0, [], []);
        _customer.MeasuresNextAt = Instant.Never;
        _customer.EvaluatedAt = Instant.Max(_customer.EvaluatedAt, at);
    }

    private void Exit(SchemeLayout scheme, int layer, Instant at, Cause cause) =>
        _transitions.Add(new Transition(_id, scheme.Id, scheme.Layers[layer], null, Direction.Exit, cause, at, _now));
}
