using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Model.Evaluation;

/// <summary>How far a future is looked at: as soon as one bound is reached with something still to come, it is cut short there.</summary>
/// <param name="DeadlinesMax">Most deadlines bring no transition.</param>
public readonly record struct FutureBounds(int TransitionsMax, int DeadlinesMax);

/// <summary>
/// What time alone will do to a customer under the rules of now. It is lived through by the evaluator itself, so that it cannot differ
/// from what comes.
/// </summary>
/// <remarks>Its scratch space is used again for the next customer. One instance per thread.</remarks>
public sealed class Future
{
    private readonly Evaluator _evaluator = new();
    private readonly List<Transition> _transitions = [];

    /// <summary>Those of the customer lived through last, in the order of their instants.</summary>
    public IReadOnlyList<Transition> Transitions => _transitions;

    /// <param name="id">The customer.</param>
    /// <param name="customer">Its state, which is changed: a copy, or one that is not needed any more.</param>
    /// <param name="now">Nothing that is due by now is part of the future.</param>
    /// <param name="before">Nothing due at or after this is; <see cref="Instant.Never"/>: everything that ever comes.</param>
    /// <param name="rules">What is published now.</param>
    /// <param name="bounds">Where it is cut short.</param>
    /// <returns>False when it was cut short.</returns>
    public bool Live(CustomerId id, Customer customer, Instant now, Instant before, Rules rules, FutureBounds bounds)
    {
        _transitions.Clear();
        _evaluator.Begin(id, customer, now, rules, _transitions);
        _evaluator.AdvanceTo(now);
        _transitions.Clear();
        for (var deadlines = 0; ; deadlines++)
        {
            var due = _evaluator.DueAt();
            if (due >= before) return true;
            if (deadlines == bounds.DeadlinesMax || _transitions.Count >= bounds.TransitionsMax) return false;
            _evaluator.AdvanceTo(due);
        }
    }
}
