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
        _customer.Baseline = _rules.Baseline.Number;
        var cause = new Cause(CauseKind.Baseline, _rules.Baseline.Number);
        DecideDue(at, cause, measured: true);
    }

    /// <summary>Schemes are known by id across rulebooks; a layer that is gone is left like any other.</summary>
    private void TakeOnRulebook(Instant at)
    {
        var before = _rules.Layouts[_customer.Rulebook];
        var old = _customer.Layers;
        Enter();
        Measure(at);
        var schemes = _rules.Rulebook.Schemes;
        for (var index = 0; index < schemes.Count; index++)
        {
            var earlier = before.Schemes.Select((scheme, position) => (scheme, position)).FirstOrDefault(pair => pair.scheme.Id == schemes[index].Id);
            (string Layer, int Rank)? from = null;
            if (earlier.scheme is not null)
            {
                var state = old[earlier.position];
                from = (earlier.scheme.Layers[state.Layer], state.Layer);
                var same = schemes[index].IndexOf(from.Value.Layer);
                if (same != LayerState.None) _customer.Layers[index] = state with { Layer = same, From = LayerState.None };
            }

            Decide(index, at, new Cause(CauseKind.Rulebook, _rules.Rulebook.Number), from);
        }

        for (var index = 0; index < before.Schemes.Count; index++)
            if (_rules.Rulebook.Find(before.Schemes[index].Id) is null)
                Exit(before.Schemes[index], old[index].Layer, at, new Cause(CauseKind.Rulebook, _rules.Rulebook.Number));

        _customer.EvaluatedAt = Instant.Max(_customer.EvaluatedAt, at);
        Changed = true;
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
        DecideDue(at, cause, measured);
    }

    private void DecideDue(Instant at, Cause cause, bool measured)
    {
        var schemes = _rules.Rulebook.Schemes;
        _moved = 0;
        for (var index = 0; index < schemes.Count; index++)
            if (_customer.Layers[index].NextAt <= at || (measured && schemes[index].Measures.Count > 0) || Follows(schemes[index]))
                Decide(index, at, cause);
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
        if (scheme.Hold.Keeps(before, layer, at, out var since, out var effect))
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

    private void Exit(SchemeLayout scheme, int layer, Instant at, Cause cause) =>
        _transitions.Add(new Transition(_id, scheme.Id, scheme.Layers[layer], null, Direction.Exit, cause, at, _now));
}
