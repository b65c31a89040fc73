using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Model.Evaluation;

/// <summary>
/// Moves an opened customer through time. Each scheme knows when it changes next, so only those are decided again that are due or that
/// read what a fact touched.
/// </summary>
internal sealed class Evaluator
{
    private Customer _customer = null!;
    private CustomerId _id;
    private Instant _now;
    private Rules _rules = null!;
    private List<Transition> _transitions = null!;

    // A bit for each scheme whose layer changed at the instant being worked off: those that ask for it are decided again.
    private ulong _moved;

    /// <summary>
    /// Whether a rulebook was taken on or a deadline passed. That is to be kept even when no layer differs in the end: a deadline that is
    /// not committed as passed would be due for ever.
    /// </summary>
    public bool Changed { get; private set; }

    public void Begin(CustomerId id, Customer customer, Instant now, Rules rules, List<Transition> transitions)
    {
        (_id, _customer, _now, _rules, _transitions) = (id, customer, now, rules, transitions);
        Changed = false;
    }

    /// <summary>When time alone changes a layer or a measure next.</summary>
    public Instant DueAt()
    {
        var due = _customer.MeasuresNextAt;
        foreach (ref readonly var layer in _customer.Layers.AsSpan()) due = Instant.Min(due, layer.NextAt);
        return due;
    }

    /// <summary>Works off everything due up to and at an instant, in order: deadlines before, then a newly published rulebook or baseline.</summary>
    public void AdvanceTo(Instant until)
    {
        while (true)
        {
            var due = DueAt();
            var published = Published();

            // What was due under an earlier rulebook can no longer be decided: its layers mean nothing to the schemes of this one.
            if (published <= until && (published <= due || IsBehind)) TakeOn(published);
            else if (due <= until && !IsBehind) Pass(due);
            else return;
        }
    }

    private bool IsBehind => _customer.Rulebook != 0 && _customer.Rulebook != _rules.Rulebook.Number;

    /// <summary>Decides again what the facts of a kind can move.</summary>
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
        // A rulebook may come between the reading of the clock and that of the rules.
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
    /// Schemes are known by id across rulebooks; a layer that is gone is left like any other. What decides as before, and had nothing due,
    /// stands as it stood.
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

    /// <summary>Values that are known stay; only new measures are read.</summary>
    /// <returns>Whether any may differ from what the layers were decided by.</returns>
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

    /// <summary>Time passes to an instant at which something is due.</summary>
    private void Pass(Instant at)
    {
        var cause = new Cause(CauseKind.Time);
        var measured = _customer.MeasuresNextAt <= at;
        Changed = true;
        _customer.EvaluatedAt = Instant.Max(_customer.EvaluatedAt, at);
        if (measured) Measure(at);

        // A scheme held against the population knows its deadline only under the baseline it was decided with; what it compares
        // changes only together with a measure, so it is decided again then.
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
    /// <param name="baseline">The one it was decided under.</param>
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

    /// <param name="leaving">A layer that this rulebook may not have, with its rank in the one before.</param>
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
        var direction = from is null ? Direction.Entry : rank < layer ? Direction.Upgrade : Direction.Downgrade;
        _transitions.Add(new Transition(_id, scheme.Id, from, scheme.Layers[layer], direction, cause, at, _now));
    }

    /// <summary>
    /// The customer leaves the layer it has in each scheme, and is under no rulebook from then on: a reader of such a state knows that
    /// the person is about to be forgotten.
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
